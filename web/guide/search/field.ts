import type { Hit } from './engine';

type Search = (query: string) => Hit[];

/** The playground's `element` would be a file of its own for both. */
function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  if (className !== '') created.className = className;
  created.append(...children);
  return created;
}

function hitLink(root: string, { id, title, page, start }: Hit): HTMLElement {
  const link = element('a', '', element('span', 'hit-title', title));
  link.href = root + id;
  if (title !== page) link.append(' ', element('span', 'hit-page', page));
  link.append(' ', element('span', 'hit-start', start));
  return element('li', '', link);
}

/** Makes the field in the header search: what it needs is loaded when it first gets the focus. */
export function startSearch(form: HTMLFormElement): void {
  const input = form.querySelector('input')!;
  const root = form.dataset['root'] ?? './';
  const status = element('p', 'hit-count');
  status.role = 'status';
  const hits = element('ol', '');
  const panel = element('div', 'search-hits', status, hits);
  panel.hidden = true;
  form.append(panel);

  let loading: Promise<Search> | undefined;
  const load = () => {
    loading ??= import('./engine').then(({ loadSearch }) => loadSearch(root));
    loading.catch(() => (loading = undefined));
    return loading;
  };
  const links = () => [...hits.querySelectorAll('a')];

  async function show(): Promise<void> {
    const query = input.value.trim();
    if (query === '') {
      panel.hidden = true;
      return;
    }
    try {
      const search = await load();
      if (input.value.trim() !== query) return;
      const found = search(query);
      hits.replaceChildren(...found.map((hit) => hitLink(root, hit)));
      status.textContent =
        found.length === 0
          ? `Nothing found for “${query}”`
          : `${found.length === 1 ? '1 place' : `${found.length} places`} for “${query}”`;
    } catch {
      hits.replaceChildren();
      status.textContent = 'The index could not be loaded';
    }
    panel.hidden = false;
  }

  input.addEventListener('focus', () => void load().catch(() => undefined));
  input.addEventListener('input', () => void show());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  form.addEventListener('keydown', (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape') {
      panel.hidden = true;
      input.focus();
    } else if (event.key === 'ArrowDown' && !panel.hidden) {
      event.preventDefault();
      all[Math.min(at + 1, all.length - 1)]?.focus();
    } else if (event.key === 'ArrowUp' && at >= 0) {
      event.preventDefault();
      (all[at - 1] ?? input).focus();
    }
  });
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) panel.hidden = true;
  });
  document.addEventListener('keydown', (event) => {
    const target = event.target as HTMLElement;
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest('input, textarea, select, [contenteditable], synthgen-view') !== null)
      return;
    event.preventDefault();
    input.focus();
  });
}
