// The page embed.html: one view, as the part of the address after `#` says.

import { SynthgenView } from './element';

const own = ['view', 'controls', 'theme'] as const;

const root = document.documentElement;
const main = document.querySelector('main');
const view = new SynthgenView();

/** Gives the view its settings: what is not of the embedding page's is of the playground's link. */
function follow(): void {
  const link = new URLSearchParams(location.hash.slice(1));
  for (const name of own) {
    const value = link.get(name);
    link.delete(name);
    if (name === 'theme') root.style.colorScheme = value ?? '';
    else if (value === null) view.removeAttribute(name);
    else view.setAttribute(name, value);
  }
  view.setAttribute('link', link.toString());
  const fallback = document.createElement('a');
  fallback.href = `./#${link}`;
  fallback.textContent = 'Open in playground';
  view.replaceChildren(fallback);
}

follow();
addEventListener('hashchange', follow);
main?.append(view);

// The page around may give the frame the height of its content; it hears of nothing else.
if (parent !== window) {
  let sent = 0;
  new ResizeObserver(() => {
    sent = Math.ceil(root.getBoundingClientRect().height);
    parent.postMessage({ type: 'synthgen-embed-height', height: sent }, '*');
  }).observe(root);
  // A scroll bar that came and went would change the width, and so the height, again and again.
  addEventListener('resize', () => {
    if (innerHeight === sent) root.style.overflowY = 'hidden';
  });
}
