import { expect, test } from 'vitest';

import { CoreShare, SharedCore } from '../../../../web/embed/shared_core';

interface Sent {
  id: number;
  name: string;
  argument: unknown;
}

/** Workers that answer when they are told to, by the order of their starts. */
function workers() {
  const made: {
    sent: Sent[];
    isEnded: boolean;
    answer: (request: Sent, value: unknown) => void;
  }[] = [];
  const start = () => {
    const target = new EventTarget();
    const worker = {
      sent: [] as Sent[],
      isEnded: false,
      answer: ({ id }: Sent, value: unknown) =>
        target.dispatchEvent(new MessageEvent('message', { data: { id, answer: value } })),
    };
    made.push(worker);
    return Object.assign(target, {
      postMessage: (request: Sent) => worker.sent.push(request),
      terminate: () => (worker.isEnded = true),
    }) as unknown as Worker;
  };
  return { made, start };
}

const config = (vocab_size: number) => ({ vocab_size });
const turn = () => new Promise((resolve) => setTimeout(resolve));

test('calls of all views go to one worker, one at a time, in their order', async () => {
  const { made, start } = workers();
  const shared = new SharedCore(start);
  const [a, b] = [new CoreShare(shared), new CoreShare(shared)];
  const answers = Promise.all([a.call('settings', config(1)), b.call('settings', config(2))]);
  await turn();
  const [worker] = made;
  expect(worker!.sent.map(({ argument }) => argument)).toEqual([config(1)]);
  worker!.answer(worker!.sent[0]!, 'one');
  await turn();
  expect(worker!.sent).toHaveLength(2);
  worker!.answer(worker!.sent[1]!, 'two');
  expect(await answers).toEqual(['one', 'two']);
  expect(made).toHaveLength(1);
});

test('a view that gives up ends its own calls alone', async () => {
  const { made, start } = workers();
  const shared = new SharedCore(start);
  const [a, b] = [new CoreShare(shared), new CoreShare(shared)];
  const lost = [a.call('settings', config(1)), a.call('settings', config(2))];
  const kept = b.call('settings', config(3));
  const failures = Promise.allSettled(lost);
  await turn();
  a.restart();
  expect((await failures).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await turn();
  const [first, second] = made;
  expect(first!.isEnded).toBe(true);
  expect(second!.sent.map(({ argument }) => argument)).toEqual([config(3)]);
  second!.answer(second!.sent[0]!, 'three');
  expect(await kept).toBe('three');
  // Nothing of its own is under way: the worker stays.
  a.restart();
  expect(second!.isEnded).toBe(false);
});

test('what the core says of itself is asked once', async () => {
  const { made, start } = workers();
  const shared = new SharedCore(start);
  const both = Promise.all([shared.describe('a'), shared.describe('b')]);
  await turn();
  made[0]!.answer(made[0]!.sent[0]!, 'description');
  expect(await both).toEqual(['description', 'description']);
  expect(made[0]!.sent.map(({ argument }) => argument)).toEqual(['a']);
});
