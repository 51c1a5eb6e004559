import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Watch } from '../../../../web/src/custom/watch';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const stuck = vi.fn();
  return { stuck, watch: new Watch(stuck) };
}

test('a watch reports once that nothing was heard for the time that it allows', () => {
  const { stuck, watch } = watched();
  watch.start(800);
  vi.advanceTimersByTime(799);
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(stuck).toHaveBeenCalledTimes(1);
});

test('anything that is heard restarts the wait', () => {
  const { stuck, watch } = watched();
  watch.start(800);
  for (let i = 0; i < 20; i += 1) {
    vi.advanceTimersByTime(500);
    watch.heard();
  }
  expect(stuck).not.toHaveBeenCalled();
  vi.advanceTimersByTime(800);
  expect(stuck).toHaveBeenCalledTimes(1);
});

test('a watch that was stopped reports nothing', () => {
  const { stuck, watch } = watched();
  watch.start(800);
  vi.advanceTimersByTime(700);
  watch.stop();
  vi.advanceTimersByTime(5000);
  expect(stuck).not.toHaveBeenCalled();
});
