import { element, fill } from './element';

/** A part of a formula: on the line, or as an index or a power. */
export interface FormulaPart {
  text: string;
  script?: 'sub' | 'sup';
}

// An index of a single letter, so that the names of parameters stay whole; any power.
const scripts = /(?<=\b[A-Za-z])_(\{[^}]*\}|[A-Za-z0-9](?!\w))|\^(\{[^}]*\}|-?\w+)/g;

const withoutBraces = (text: string) => text.replace(/^\{|\}$/g, '');

/** The parts of a formula as the core writes it, `x_{t+1}` or `p(id)^2`. */
export function formulaParts(formula: string): FormulaPart[] {
  const parts: FormulaPart[] = [];
  let end = 0;
  for (const match of formula.matchAll(scripts)) {
    const [whole, index, power] = match;
    parts.push({ text: formula.slice(end, match.index) });
    parts.push(
      index === undefined
        ? { text: withoutBraces(power ?? ''), script: 'sup' }
        : { text: withoutBraces(index), script: 'sub' },
    );
    end = match.index + whole.length;
  }
  return [...parts, { text: formula.slice(end) }].filter(({ text }) => text !== '');
}

export const formulaNodes = (formula: string): (Node | string)[] =>
  formulaParts(formula).map(({ text, script }) =>
    script === undefined ? text : element(script, {}, text),
  );

/** Shows a formula with its indices and powers set as such. */
export function setFormula(target: HTMLElement, formula: string): void {
  if (target.dataset['formula'] === formula) return;
  target.dataset['formula'] = formula;
  fill(target, ...formulaNodes(formula));
}
