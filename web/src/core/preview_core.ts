import type { Config, Limits, Split, ValidationReport } from 'synthgen';

import type { Refusal } from '../worker/messages';
import type { Description } from '../model/preview';
import type { Made, MeasureOptions, PreviewMaker, PreviewBatch } from '../worker/preview_calls';
import { Refused } from './refused';
import { readValue, valueBytes } from './values';

/** The functions of cpp/preview/preview.cpp; an answer stands at `answer` until the next call. */
interface Functions {
  memory: WebAssembly.Memory;
  _initialize(): void;
  argument(bytes: number): number;
  answer(): number;
  answer_bytes(): number;
  describe(): void;
  make_generator(): void;
  generate(split: number, first: number, count: number): void;
  tokens(): number;
  token_count(): number;
  token_room(count: number): number;
  expected_lags(split: number): void;
  measure(): void;
  validate(): void;
}

const splits: readonly Split[] = ['train', 'val', 'test'];

/** WASI's word for a call that the system does not have. */
const notThere = 52;

/** What the C library asks of a system, which a page is not. */
function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, () => number>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    (imports[from] ??= {})[name] = () => notThere;
  }
  return imports;
}

/** The core's small module: one generator at a time, its sequences and what is measured of them. */
export class PreviewCore implements PreviewMaker {
  readonly #module: WebAssembly.Module;
  #functions: Functions;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
    this.#functions = this.#start();
  }

  describe(): Description {
    return this.#answerOf(({ describe }) => describe()) as Description;
  }

  prepare(config: Config): Made {
    return this.#answerOf(({ make_generator }) => make_generator(), config) as Made;
  }

  generate(split: Split, from: number, count: number): PreviewBatch {
    const { offsets, padding, latents } = this.#answerOf(({ generate }) =>
      generate(splits.indexOf(split), from, count),
    ) as { offsets: number[]; padding: number[]; latents: string };
    const { memory, tokens, token_count } = this.#functions;
    return {
      tokens: new Uint32Array(memory.buffer, tokens(), token_count()).slice(),
      offsets: Uint32Array.from(offsets),
      padding: padding.length > 0 ? Uint32Array.from(padding) : undefined,
      latents: JSON.parse(latents) as PreviewBatch['latents'],
    };
  }

  /** At each lag the share of equal tokens that the prepared config promises, where it is known. */
  expectedLags(split: Split): (number | null)[] | undefined {
    const shares = this.#answerOf(({ expected_lags }) => expected_lags(splits.indexOf(split)));
    return (shares as []).length > 0 ? (shares as (number | null)[]) : undefined;
  }

  measure<Report>(
    { tokens, offsets, padding }: Omit<PreviewBatch, 'latents'>,
    { config, measures = [], perSequence = false }: MeasureOptions,
  ): Report {
    const { memory, token_room } = this.#functions;
    const room = token_room(tokens.length);
    new Uint32Array(memory.buffer, room, tokens.length).set(tokens);
    return this.#answerOf(({ measure }) => measure(), {
      offsets: [...offsets],
      padding: [...(padding ?? [])],
      measures,
      per_sequence: perSequence,
      config,
    }) as Report;
  }

  /** Whether the sequences measured last keep to limits. */
  validate(limits: Limits): ValidationReport {
    return this.#answerOf(({ validate }) => validate(), limits) as ValidationReport;
  }

  #start(): Functions {
    const { exports } = new WebAssembly.Instance(this.#module, importsOf(this.#module));
    const functions = exports as unknown as Functions;
    functions._initialize();
    return functions;
  }

  /** The answer to one call. One that breaks off, as where memory ends, leaves nothing behind. */
  #answerOf(call: (functions: Functions) => void, argument?: unknown): unknown {
    const functions = this.#functions;
    let answer: { value: unknown } | { error: Refusal };
    try {
      if (argument !== undefined) {
        const bytes = valueBytes(argument);
        const room = functions.argument(bytes.length);
        new Uint8Array(functions.memory.buffer, room, bytes.length).set(bytes);
      }
      call(functions);
      const bytes = new Uint8Array(
        functions.memory.buffer,
        functions.answer(),
        functions.answer_bytes(),
      );
      answer = readValue(bytes) as typeof answer;
    } catch (error) {
      this.#functions = this.#start();
      throw new Error('the preview needs more memory than a page has', { cause: error });
    }
    if ('error' in answer) throw new Refused(answer.error);
    return answer.value;
  }
}

/** The module at an address; compiled while it arrives where the server names its type. */
export async function loadPreviewCore(url: string): Promise<PreviewCore> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  const isNamed = response.headers.get('content-type') === 'application/wasm';
  const module = isNamed
    ? await WebAssembly.compileStreaming(response)
    : await WebAssembly.compile(await response.arrayBuffer());
  return new PreviewCore(module);
}
