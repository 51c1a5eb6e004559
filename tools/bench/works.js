/** How lines name the works that they compare: {worker, request(setting), name, tokens(setting)}. */

export const sequenceLength = 512;

/** A work of `synthgen_bench`. */
export const native = (name) => ({ worker: 'native', name, request: () => name });

/** A work of the WebAssembly module, see module.js. */
export const inModule = (name) => ({ worker: 'module', name, request: () => name });

/** A work of peers.py. */
export const python = (work, name) => ({ worker: 'python', name, request: () => work });

/** The program, analyzing a file of so many times the sequences. */
export const analyzed = (factor) => ({
  worker: 'python',
  name: factor === 1 ? 'the same file' : `${factor} times the file`,
  tokens: ({ sequences }) => factor * sequences * sequenceLength,
  request: ({ program, data }) =>
    JSON.stringify([program, 'analyze', '--json', '--threads', '1', data(factor)]),
});

/** A work of peers.py in a process of its own, for its memory. */
export const alone = (work, name) => ({
  worker: 'python',
  name,
  tokens: ({ sequences }) => sequences * sequenceLength,
  request: ({ once }) => JSON.stringify(once(work)),
});
