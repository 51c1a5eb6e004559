import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that reads names of works from its stdin and answers each with a line of JSON. */
export class Worker {
  #process;
  #answers;

  constructor(command, parameters) {
    this.#process = spawn(command, parameters, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    this.command = command;
  }

  /** The answer to one request. */
  async do(request) {
    this.#process.stdin.write(`${request}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error(`${this.command} ended during "${request}"`);
    return JSON.parse(value);
  }

  end() {
    this.#process.stdin.end();
  }
}
