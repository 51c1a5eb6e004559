import { element, fill } from '../dom/element';
import { formatMilliseconds, withUnit } from '../model/format';
import { customFamily } from '../model/custom_family';
import type { Description, Preview } from '../model/preview';

/** How long it took, what made it, and where the data goes: nowhere. */
export class StatusPanel {
  readonly element = element('footer', { class: 'status' });
  readonly #description: Description;

  constructor(description: Description) {
    this.#description = description;
  }

  show({ config, tokens, generate_ms, analyze_ms }: Preview): void {
    const { version, streamVersion } = this.#description;
    const words = [
      withUnit(tokens.length, 'tokens'),
      `generated in ${formatMilliseconds(generate_ms)}`,
      `measured in ${formatMilliseconds(analyze_ms)}`,
      `synthgen ${version}, stream version ${streamVersion}`,
      // Code of the visitor's own may ask this site for something.
      ...(config['generator'] === customFamily.name ? [] : ['nothing leaves this machine']),
    ];
    fill(this.element, ...words.map((text) => element('span', {}, text)));
  }
}
