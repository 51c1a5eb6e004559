import customData from '../../examples/custom_data_generator.js?raw';
import templateData from '../../examples/template_data_generator.js?raw';
import { CoreError } from '../worker/client';
import type { Calls, DatasetCalls } from '../worker/messages';
import { CodeClient } from './code_client';

export interface Example {
  name: string;
  code: string;
}

/** What the code panel starts with. */
export const firstExample: Example = { name: 'CustomDataGenerator', code: customData };

export const examples: readonly Example[] = [
  firstExample,
  { name: 'TemplateDataGenerator', code: templateData },
];

export function exampleOf(code: string): Example | undefined {
  return examples.find((example) => example.code === code);
}

/** The `kind` of a failure while code waits for the visitor to run it. */
export const unrun = 'unrun';

/** Runs only code that the visitor chose to run, in one worker until the code changes. */
export class CodeRunner {
  readonly #allowed = new Set(examples.map(({ code }) => code));
  #running: { code: string; client: CodeClient } | undefined;

  /** Allows code that the visitor chose to run; it starts in a new worker. */
  allow(code: string): void {
    this.#allowed.add(code);
    this.restart();
  }

  isAllowed(code: string): boolean {
    return this.#allowed.has(code);
  }

  async call<Name extends keyof DatasetCalls>(
    code: string,
    name: Name,
    argument: Calls[Name]['argument'],
  ): Promise<Calls[Name]['answer']> {
    if (this.#running?.code !== code || this.#running.client.isClosed) {
      this.restart();
      this.#running = { code, client: this.open(code) };
    }
    return this.#running.client.call(name, argument);
  }

  /** A separate worker for this code. */
  open(code: string): CodeClient {
    if (!this.isAllowed(code)) {
      const message = 'This code came with the link. Read it, then run it.';
      throw new CoreError({ kind: unrun, message });
    }
    return new CodeClient(code);
  }

  /** Ends the worker; calls under way reject, and the next call starts another. */
  restart(): void {
    this.#running?.client.close();
    this.#running = undefined;
  }
}
