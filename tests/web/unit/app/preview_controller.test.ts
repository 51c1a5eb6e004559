import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import {
  patienceMs,
  PreviewController,
  type Maker,
} from '../../../../web/src/app/preview_controller';
import type { Description, PreviewRequest } from '../../../../web/src/model/preview';
import { openingView, type State } from '../../../../web/src/state/state';
import { CoreError } from '../../../../web/src/worker/client';
import { previewOf } from '../model/previews';
import { table } from '../parameters';

const description: Description = {
  version: '1',
  streamVersion: 1,
  parameters: table,
  families: [],
  measures: [],
};

const preview = previewOf({ generator: 'random', seq_length: 4 }, 2);

/** A worker whose answers the test gives. */
class FakeMaker implements Maker {
  readonly requests: PreviewRequest[] = [];
  restarts = 0;
  #resolve: (answer: typeof preview) => void = () => {};
  #reject: (error: unknown) => void = () => {};

  preview(_state: State, request: PreviewRequest): Promise<typeof preview> {
    this.requests.push(request);
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  async answer(): Promise<void> {
    this.#resolve({ ...preview, from: this.requests.at(-1)?.from ?? 0 });
    await vi.advanceTimersByTimeAsync(0);
  }

  async refuse(error: unknown): Promise<void> {
    this.#reject(error);
    await vi.advanceTimersByTimeAsync(0);
  }

  restart(): void {
    this.restarts += 1;
    this.#reject(new CoreError({ kind: 'cancelled', message: 'cancelled' }));
  }
}

const stateAt = (from: number, config = {}): State => ({
  config: { generator: 'random', ...config },
  view: { ...openingView, from },
});

function started(makerOf?: (state: State) => Promise<Maker>) {
  const maker = new FakeMaker();
  const heard: string[] = [];
  const controller = new PreviewController(description, makerOf ?? (async () => maker), {
    busy: (isBusy) => heard.push(isBusy ? 'busy' : 'idle'),
    data: (inspection) => heard.push(`data from ${inspection.preview.from}`),
    failed: ({ message }) => heard.push(`failed: ${message}`),
  });
  const follow = async (state: State) => {
    controller.follow(state);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { maker, heard, controller, follow };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a state is asked for with the config of its family and the part in view', async () => {
  const { maker, follow } = started();
  await follow(stateAt(3, { noise_probability: 0.5, pattern_types: ['reversal'] }));
  expect(maker.requests).toEqual([
    { config: { generator: 'random', noise_probability: 0.5 }, split: 'train', from: 3 },
  ]);
});

test('an answer ends the waiting and becomes the last data', async () => {
  const { maker, heard, controller, follow } = started();
  await follow(stateAt(0));
  expect(controller.inspection).toBeUndefined();
  await maker.answer();
  expect(heard).toEqual(['busy', 'idle', 'data from 0']);
  expect(controller.inspection?.preview.tokens).toEqual(preview.tokens);
  expect(controller.failure).toBeUndefined();
});

test('a state that was asked for last is not asked for again, another colouring is no other', async () => {
  const { maker, follow } = started();
  await follow(stateAt(0));
  await maker.answer();
  await follow({ ...stateAt(0), view: { ...openingView, coloring: 'token' } });
  expect(maker.requests).toHaveLength(1);
  await follow(stateAt(200));
  expect(maker.requests).toHaveLength(2);
});

test('code runs again even if the settings are the same', async () => {
  const { maker, follow } = started();
  const custom = stateAt(0, { generator: 'custom' });
  await follow(custom);
  await maker.answer();
  await follow(custom);
  expect(maker.requests).toHaveLength(2);
});

test('of the states that come during a preview only the newest is asked for', async () => {
  const { maker, heard, follow } = started();
  await follow(stateAt(0));
  await follow(stateAt(1));
  await follow(stateAt(2));
  await maker.answer();
  expect(maker.requests.map(({ from }) => from)).toEqual([0, 2]);
  expect(heard.at(-2)).toBe('busy');
  await maker.answer();
  expect(heard.slice(-2)).toEqual(['idle', 'data from 2']);
});

test('a preview that keeps a newer one waiting too long is cancelled in silence', async () => {
  const { maker, heard, controller, follow } = started();
  await follow(stateAt(0));
  await vi.advanceTimersByTimeAsync(patienceMs + 1);
  expect(maker.restarts).toBe(0);
  await follow(stateAt(1));
  await vi.advanceTimersByTimeAsync(1);
  expect(maker.restarts).toBe(1);
  expect(maker.requests.map(({ from }) => from)).toEqual([0, 1]);
  await maker.answer();
  expect(heard.filter((word) => word.startsWith('failed'))).toEqual([]);
  expect(controller.failure).toBeUndefined();
});

test('a failure keeps the last data, and the same settings can be asked for again', async () => {
  const { maker, heard, controller, follow } = started();
  await follow(stateAt(0));
  await maker.answer();
  await follow(stateAt(1));
  await maker.refuse(new CoreError({ kind: 'usage', message: 'vocab_size: too small' }));
  expect(heard.slice(-2)).toEqual(['idle', 'failed: vocab_size: too small']);
  expect(controller.failure?.kind).toBe('usage');
  expect(controller.inspection?.preview.from).toBe(0);
  await follow(stateAt(1));
  expect(maker.requests).toHaveLength(3);
  await maker.answer();
  expect(controller.failure).toBeUndefined();
});

test('an error of any kind is a failure that says what happened', async () => {
  const { controller, follow } = started(() => Promise.reject(new TypeError('no such module')));
  await follow(stateAt(0));
  expect(controller.failure).toMatchObject({
    kind: 'internal',
    message: 'TypeError: no such module',
  });
});

test('the preview under way is cancelled where it is made', async () => {
  const makers = [new FakeMaker(), new FakeMaker()];
  const { follow } = started(async ({ view }) => makers[view.from === 0 ? 0 : 1]!);
  await follow(stateAt(0));
  await makers[0]!.answer();
  await follow(stateAt(1));
  await follow(stateAt(2));
  await vi.advanceTimersByTimeAsync(patienceMs);
  expect(makers.map(({ restarts }) => restarts)).toEqual([0, 1]);
});
