import './element.css';

import { attributes, type Given } from './attributes';
import { ownSite } from './site';
import { dropStyles, useStyles } from './styles';
import type { LiveView } from './live_view';

/** How far below the screen a view starts, in CSS pixels. */
const marginPx = 200;

// Also where there is no page, as in a build that renders pages: the element then does nothing.
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement);

function node(tag: string, properties: Record<string, string>, ...children: (Node | string)[]) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/**
 * `<synthgen-view config='{"generator": "pattern"}' view="raster,numbers">`: sequences, their measures
 * and charts in any page. It starts once it comes into sight; until then, and where it cannot start, its
 * children are shown.
 */
export class SynthgenView extends Base {
  static readonly observedAttributes = [...attributes];

  #root: ShadowRoot | undefined;
  #sight: IntersectionObserver | undefined;
  #live: LiveView | undefined;
  /** Counts the starts: an older one that ends late shows nothing. */
  #starts = 0;

  connectedCallback(): void {
    this.#root ??= this.attachShadow({ mode: 'open' });
    useStyles(this.#root);
    this.#wait();
  }

  disconnectedCallback(): void {
    this.#sight?.disconnect();
    this.#stop();
    if (this.#root) dropStyles(this.#root);
  }

  attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
    if (!this.isConnected || before === now || !this.#root) return;
    // Several changes in one turn are one start.
    const start = ++this.#starts;
    queueMicrotask(() => {
      if (start === this.#starts && this.isConnected) this.#wait();
    });
  }

  /** The settings as the reader has changed them; undefined before the first data. */
  get current(): { config: Record<string, unknown>; link: string } | undefined {
    return this.#live?.current;
  }

  #wait(): void {
    this.#stop();
    if (!this.#root?.querySelector('.view'))
      this.#root?.replaceChildren(node('div', { className: 'wait' }, node('slot', {})));
    this.#sight?.disconnect();
    this.#sight = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        this.#sight?.disconnect();
        void this.#start();
      },
      { rootMargin: `${marginPx}px` },
    );
    this.#sight.observe(this);
  }

  #stop(): void {
    this.#starts += 1;
    this.#live?.close();
    this.#live = undefined;
  }

  async #start(): Promise<void> {
    const start = ++this.#starts;
    try {
      const { LiveView: View } = await import('./live_view');
      const live = await View.open(this.#given(), {
        site: this.getAttribute('playground') ?? ownSite,
        send: (name, detail) =>
          this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true })),
      });
      if (start !== this.#starts) {
        live.close();
        return;
      }
      this.#live = live;
      this.#root?.replaceChildren(live.element);
    } catch (error) {
      if (start === this.#starts) this.#refuse(error);
    }
  }

  #given(): Given {
    return Object.fromEntries(attributes.map((name) => [name, this.getAttribute(name)]));
  }

  /** Says why there is no view, above the fallback. */
  #refuse(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const text =
      'This view could not start. It needs WebAssembly, module workers and its own files.';
    const box = node(
      'div',
      { className: 'refusal' },
      node('p', {}, text),
      node('p', {}, node('code', {}, message)),
      node('slot', {}),
    );
    box.setAttribute('role', 'alert');
    this.#root?.replaceChildren(box);
  }
}

if (globalThis.customElements && !customElements.get('synthgen-view'))
  customElements.define('synthgen-view', SynthgenView);
