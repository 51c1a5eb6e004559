import { createSynthgen, SynthgenError, type DatasetEncoder, type Generator } from 'synthgen';
import wasmUrl from 'synthgen/synthgen.wasm?url';

import { configOfSplit, longestSequence, mostTokens, previewRows } from '../state/preview_rows';
import type { CallName, Calls, Chunk, Preview, PreviewRequest, Refusal, Request } from './messages';

const core = createSynthgen({ wasmUrl });

/** The generator of the last preview: moving about in one dataset builds no tables anew. */
let kept: { key: string; generator: Generator; notes: string[] } | undefined;
let dataset: { generator: Generator; encoder: DatasetEncoder } | undefined;

/** The config is fine, but its sequences are too long to look at here. */
class TooLong extends Error {}

async function generatorFor(config: PreviewRequest['config']) {
  const key = JSON.stringify(config);
  if (kept?.key !== key) {
    const { checkConfig, generator } = await core;
    const { notes } = checkConfig(config);
    kept?.generator.delete();
    kept = undefined;
    kept = { key, generator: generator(config), notes };
  }
  return kept;
}

async function preview({ config, split, from }: PreviewRequest): Promise<Preview> {
  const { generator, notes } = await generatorFor(config);
  const count = previewRows(generator.config, split);
  if (count === 0) {
    const longest = longestSequence(configOfSplit(generator.config, split));
    const message = `The preview holds ${mostTokens} tokens; one sequence can have ${longest}. Download the files, or make the sequences shorter.`;
    throw new TooLong(message);
  }
  const started = performance.now();
  const batch = generator.generate({ split, first: from, count, latents: true });
  const generated = performance.now();
  const analyzer = (await core).analyzer({ perSequence: true });
  try {
    analyzer.add(batch);
    const report = analyzer.report();
    return {
      config: generator.config,
      notes,
      truth: generator.truth(),
      split,
      from,
      tokens: batch.tokens,
      offsets: batch.offsets,
      latents: batch.latents ?? [],
      padding: batch.padding,
      report,
      generate_ms: generated - started,
      analyze_ms: performance.now() - generated,
    };
  } finally {
    analyzer.delete();
  }
}

const answers: {
  [Name in CallName]: (argument: Calls[Name]['argument']) => Promise<Calls[Name]['answer']>;
} = {
  async describe() {
    const { version, streamVersion, parameters, families, measures } = await core;
    return {
      version,
      streamVersion,
      parameters: parameters(),
      families: families(),
      measures: measures(),
    };
  },
  preview,
  async openDataset({ config, latents }) {
    const synthgen = await core;
    const generator = synthgen.generator(config);
    dataset = { generator, encoder: synthgen.datasetEncoder(generator, { latents }) };
    return null;
  },
  async nextChunk() {
    return (dataset?.encoder.next() ?? null) as Chunk | null;
  },
  async manifest() {
    return dataset?.encoder.manifest() ?? '';
  },
};

function refusalOf(error: unknown): Refusal {
  if (error instanceof SynthgenError) {
    return { kind: error.kind, message: error.message, problems: error.problems };
  }
  const kind = error instanceof TooLong ? 'too_long' : 'internal';
  return { kind, message: error instanceof Error ? error.message : String(error), problems: [] };
}

function answer<Name extends CallName>(name: Name, argument: Calls[Name]['argument']) {
  return answers[name](argument);
}

self.addEventListener(
  'message',
  async ({ data: { id, name, argument } }: MessageEvent<Request>) => {
    try {
      self.postMessage({ id, answer: await answer(name, argument as never) });
    } catch (error) {
      self.postMessage({ id, refusal: refusalOf(error) });
    }
  },
);
