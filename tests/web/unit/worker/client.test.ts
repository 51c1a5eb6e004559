import { expect, test } from 'vitest';

import { CoreClient } from '../../../../web/src/worker/client';

/** A worker that never answers. */
class SilentWorker extends EventTarget {
  postMessage(): void {}
  terminate(): void {}
}

const silent = () => new SilentWorker() as unknown as Worker;

test('calls of a closed client reject, those under way and those that come later', async () => {
  const client = new CoreClient(silent);
  const underWay = client.call('manifest', null);
  client.close();
  await expect(underWay).rejects.toThrow('cancelled');
  await expect(client.call('manifest', null)).rejects.toThrow('cancelled');
});

test('a client that is started again asks its new worker', async () => {
  const client = new CoreClient(silent);
  client.close();
  client.restart();
  const asked = client.call('manifest', null);
  const answer = await Promise.race([asked, Promise.resolve('waits')]);
  expect(answer).toBe('waits');
});
