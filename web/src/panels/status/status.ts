import { element, fill } from '../../dom';
import { formatMilliseconds, withUnit } from '../../format';
import type { Description, Preview } from '../../worker/messages';

/** How long it took, what made it, and where the data goes: nowhere. */
export class StatusPanel {
  readonly element = element('footer', { class: 'status' });
  readonly #description: Description;

  constructor(description: Description) {
    this.#description = description;
  }

  show({ tokens, generate_ms, analyze_ms }: Preview): void {
    const { version, streamVersion } = this.#description;
    const words = [
      withUnit(tokens.length, 'tokens'),
      `generated in ${formatMilliseconds(generate_ms)}`,
      `measured in ${formatMilliseconds(analyze_ms)}`,
      `synthgen ${version}, stream version ${streamVersion}`,
      'nothing leaves this machine',
    ];
    fill(this.element, ...words.map((text) => element('span', {}, text)));
  }
}
