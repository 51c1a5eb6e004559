import { element, fill } from '../dom/element';
import { formatMilliseconds, withUnit } from '../model/format';
import { customFamily } from '../model/custom_family';
import type { Description, Preview } from '../model/preview';

/** How long the preview took, which version made it, and that the data stays here. */
export class StatusPanel {
  readonly element = element('footer', { class: 'status' });
  readonly #description: Description;

  constructor(description: Description) {
    this.#description = description;
  }

  show({ config, tokens, generate_ms, analyze_ms, file }: Preview): void {
    const { version, streamVersion } = this.#description;
    const words = [
      withUnit(tokens.length, 'tokens'),
      `${file ? 'read' : 'generated'} in ${formatMilliseconds(generate_ms)}`,
      `measured in ${formatMilliseconds(analyze_ms)}`,
      `synthgen ${version}, stream version ${streamVersion}`,
      // The visitor's code may send requests to this site.
      ...(config['generator'] === customFamily.name ? [] : ['nothing leaves this machine']),
    ];
    fill(this.element, ...words.map((text) => element('span', {}, text)));
  }
}
