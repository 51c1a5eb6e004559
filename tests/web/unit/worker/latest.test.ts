import { expect, test } from 'vitest';

import { latest } from '../../../../web/src/worker/latest';

/** A call that is answered by hand. */
function manual() {
  const calls: {
    argument: number;
    resolve: (answer: string) => void;
    reject: (error: Error) => void;
  }[] = [];
  const heard: unknown[] = [];
  const ask = latest(
    (argument: number) =>
      new Promise<string>((resolve, reject) => calls.push({ argument, resolve, reject })),
    (answer, isNewest) => heard.push([answer, isNewest]),
    (error, isNewest) => heard.push([(error as Error).message, isNewest]),
  );
  const settle = () => new Promise((done) => setTimeout(done));
  return { calls, heard, ask, settle };
}

test('never has more than one call under way, and skips what was replaced while waiting', async () => {
  const { calls, heard, ask, settle } = manual();
  for (let i = 0; i < 100; i += 1) ask(i);
  expect(calls.map(({ argument }) => argument)).toEqual([0]);
  calls[0]!.resolve('first');
  await settle();
  expect(calls.map(({ argument }) => argument)).toEqual([0, 99]);
  calls[1]!.resolve('last');
  await settle();
  expect(heard).toEqual([
    ['first', false],
    ['last', true],
  ]);
});

test('a refusal does not stop it', async () => {
  const { calls, heard, ask, settle } = manual();
  ask(1);
  calls[0]!.reject(new Error('refused'));
  await settle();
  ask(2);
  calls[1]!.resolve('fine');
  await settle();
  expect(heard).toEqual([
    ['refused', true],
    ['fine', true],
  ]);
});

test('a call that keeps a newer argument waiting too long is given up and not heard of again', async () => {
  const heard: unknown[] = [];
  const calls: {
    argument: string;
    reject: (error: Error) => void;
    resolve: (answer: string) => void;
  }[] = [];
  let abandoned = 0;
  const ask = latest(
    (argument: string) =>
      new Promise<string>((resolve, reject) => calls.push({ argument, resolve, reject })),
    (answer) => heard.push(answer),
    (error) => heard.push(error),
    {
      ms: 20,
      abandon: () => {
        abandoned += 1;
        calls[0]!.reject(new Error('cancelled'));
      },
    },
  );
  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
  ask('slow');
  await pause(60);
  expect(abandoned).toBe(0);
  ask('newer');
  ask('newest');
  await pause(60);
  expect(abandoned).toBe(1);
  expect(calls.map(({ argument }) => argument)).toEqual(['slow', 'newest']);
  calls[1]!.resolve('answer');
  await pause(0);
  expect(heard).toEqual(['answer']);
});
