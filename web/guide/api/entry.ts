import { element, type Child, type Html } from '../../reference/markup';
import type { Declaration } from './declarations';

/** A comment's text: what is between backquotes is code. */
export function commentHtml(text: string): Child[] {
  return text
    .replaceAll(/@throws \{(\w+)\}/g, '\nThrows `$1`')
    .split('`')
    .map((part, index) => (index % 2 === 0 ? part : element('code', {}, part)));
}

/** Paragraphs of a comment; indented ones are examples. */
function paragraphs(comment: string): Html[] {
  return comment
    .split(/\n\s*\n/)
    .filter((text) => text.trim() !== '')
    .map((text) =>
      /^ {4}/.test(text)
        ? element('pre', { tabindex: '0' }, element('code', {}, text.replaceAll(/^ {4}/gm, '')))
        : element('p', {}, commentHtml(text)),
    );
}

function member({ signature, comment, members }: Declaration): Child {
  if (signature === '') return undefined;
  return element(
    'div',
    {},
    element('dt', {}, element('code', {}, signature)),
    element('dd', {}, paragraphs(comment), memberList(members)),
  );
}

function memberList(members: readonly Declaration[]): Child {
  if (members.every(({ signature }) => signature === '')) return undefined;
  return element('dl', { class: 'api-members' }, members.map(member));
}

/** A declaration with its comment and members, or a comment by itself. */
export function apiEntry({ name, comment, signature, members }: Declaration, id: string): Html {
  if (signature === '') return element('div', { class: 'api-note' }, paragraphs(comment));
  return element(
    'div',
    { class: 'api-entry' },
    element('h3', { id }, element('a', { href: `#${id}` }, element('code', {}, name))),
    element('pre', { tabindex: '0' }, element('code', {}, signature)),
    paragraphs(comment),
    memberList(members),
  );
}
