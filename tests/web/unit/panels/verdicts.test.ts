import { type Advice, createSynthgen } from 'synthgen';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { adviceBlock } from '../../../../web/src/panels/numbers/verdicts';

/** As much of an element as the block needs. */
class FakeElement {
  readonly children: (FakeElement | string)[] = [];
  click: (() => void) | undefined;

  constructor(readonly tag: string) {}

  setAttribute(): void {}
  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children);
  }
  addEventListener(_: 'click', handler: () => void): void {
    this.click = handler;
  }
  get text(): string {
    return this.children.map((child) => (typeof child === 'string' ? child : child.text)).join('');
  }
  buttons(): FakeElement[] {
    const inside = this.children.flatMap((child) =>
      typeof child === 'string' ? [] : child.buttons(),
    );
    return this.tag === 'button' ? [this, ...inside] : inside;
  }
}

const synthgen = await createSynthgen();

beforeAll(() => {
  vi.stubGlobal('document', { createElement: (tag: string) => new FakeElement(tag) });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

function adviceOn(text: string, rule: string, config?: Record<string, unknown>): Advice {
  const batch = synthgen.loadSyntheticData(text);
  const { advice } = synthgen.analyzeSequences(batch, config === undefined ? {} : { config });
  const found = advice.find((entry) => entry.rule === rule);
  if (found === undefined) throw new Error(`no ${rule} in ${JSON.stringify(advice)}`);
  return found;
}

const shown = (advice: Advice, apply?: (change: Advice['change']) => void) =>
  adviceBlock(advice, apply) as unknown as FakeElement;

test('advice that changes a parameter has a button that makes the change', () => {
  const advice = adviceOn('[1,2,3]\n', 'small_validation_split', { num_train: 500, num_val: 1 });
  const apply = vi.fn<(change: Advice['change']) => void>();
  const block = shown(advice, apply);
  expect(block.text).toContain('the validation split is 0.2 % of the train split, less than 1 %');
  const [button] = block.buttons();
  expect(button?.text).toBe('Set num_val 50');
  button?.click?.();
  expect(apply).toHaveBeenCalledWith({ num_val: 50 });
  expect(shown(advice).buttons()).toEqual([]);
});

test('advice without a change of parameters has no button', () => {
  const advice = adviceOn('[1,2,3,4]\n'.repeat(5), 'repeated_sequences');
  const block = shown(advice, () => {});
  expect(block.text).toContain('repeated sequences. only 20 % of the sequences are different');
  expect(block.buttons()).toEqual([]);
});
