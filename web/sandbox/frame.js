// The only script of the sandboxed frame: it runs a worker for the page and passes on what the worker
// may say. The frame has an origin of its own and the worker has no way into it, so the visitor's code
// in the worker can change nothing here.

'use strict';

addEventListener(
  'message',
  ({ source, data: text, ports: [page] }) => {
    if (source !== parent || page === undefined) return;
    const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
    const worker = new Worker(url);
    /** What the worker may say at its start, in this order. */
    const starts = ['load', 'wait'];
    /** The bounds of each call under way, by its id. */
    const calls = new Map();
    /** The newest progress that the page has not heard of, and whether it is still taking in the last. */
    let news;
    let isTaking = false;
    let last = { split: '', index: -1 };
    let isOver = false;

    const end = (over) => {
      if (isOver) return;
      isOver = true;
      worker.terminate();
      page.postMessage({ over });
    };

    const tellNews = () => {
      if (news === undefined || isTaking) return;
      page.postMessage({ beat: news });
      news = undefined;
      isTaking = true;
    };

    /** What is wrong with a value that must be plain data of at most so many bytes. */
    const faultOf = (value, bytes) => {
      let left = bytes;
      const stack = [value];
      const seen = new Set();
      while (stack.length > 0 && left >= 0) {
        const item = stack.pop();
        left -= 8;
        const isObject = typeof item === 'object' && item !== null;
        // Data is a tree: what contains itself would have no end.
        if (isObject && seen.size === seen.add(item).size) return 'foreign';
        if (typeof item === 'string') left -= 2 * item.length;
        else if (ArrayBuffer.isView(item)) {
          if (!(item.buffer instanceof ArrayBuffer)) return 'foreign';
          left -= item.buffer.byteLength;
        } else if (Array.isArray(item)) {
          left -= 8 * item.length;
          if (left >= 0) for (const one of item) stack.push(one);
        } else if (isObject) {
          if (Object.getPrototypeOf(item) !== Object.prototype) return 'foreign';
          for (const key of Object.keys(item)) {
            left -= 2 * key.length;
            stack.push(item[key]);
          }
        } else if (typeof item === 'bigint') return 'foreign';
      }
      return left < 0 ? 'size' : undefined;
    };

    const isText = (value) => typeof value === 'string';
    const isProgress = ({ split, index }) =>
      isText(split) && split.length < 8 && Number.isSafeInteger(index) && index >= 0;

    /** Progress is allowed only forwards, so that nothing can look busy for ever. */
    const hear = (beat) => {
      if (isText(beat) && beat === starts[0]) {
        page.postMessage({ beat: starts.shift() });
        return true;
      }
      const call = calls.values().next().value;
      if (typeof beat !== 'object' || beat === null || call === undefined) return false;
      const { split, index } = beat;
      const isForwards = split !== last.split || index > last.index;
      if (!isProgress(beat) || !isForwards || call.beats === 0) return false;
      call.beats -= 1;
      last = { split, index };
      news = last;
      tellNews();
      return true;
    };

    const answer = (data) => {
      const call = calls.get(data.id);
      if (call === undefined) return 'foreign';
      const fault = faultOf(data, call.bytes);
      if (fault !== undefined) return fault;
      calls.delete(data.id);
      last = { split: '', index: -1 };
      page.postMessage(data);
      return undefined;
    };

    worker.addEventListener('message', ({ data }) => {
      if (isOver) return;
      if (typeof data !== 'object' || data === null) end('foreign');
      else if (Object.hasOwn(data, 'beat')) {
        if (!hear(data.beat)) end('foreign');
      } else {
        const over = answer(data);
        if (over !== undefined) end(over);
      }
    });
    worker.addEventListener('messageerror', () => end('foreign'));
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const message = String(event.message ?? '').slice(0, 2000);
      page.postMessage({ fault: { message, line: Number(event.lineno) || 0 } });
    });

    page.addEventListener('message', ({ data }) => {
      if (data === 'taken') {
        isTaking = false;
        tellNews();
      } else if (data === 'alive?') page.postMessage({ alive: true });
      else if (data === 'end') end('closed');
      else {
        const { request, bounds } = data;
        if (bounds !== undefined) calls.set(request.id, { ...bounds });
        worker.postMessage(request);
      }
    });
    page.start();
  },
  { once: true },
);
