import type { SvgNode } from '../../../../web/src/charts/frame';

/** Every node of a drawing that fits, in the drawing's order. */
export function nodes(root: SvgNode, fits: (node: SvgNode) => boolean): SvgNode[] {
  const inside = root.children.flatMap((child) =>
    typeof child === 'string' ? [] : nodes(child, fits),
  );
  return fits(root) ? [root, ...inside] : inside;
}

export function withClass(root: SvgNode, name: string): SvgNode[] {
  return nodes(root, ({ attributes }) =>
    String(attributes['class'] ?? '')
      .split(' ')
      .includes(name),
  );
}

export function textsOf(root: SvgNode, className: string): string[] {
  return withClass(root, className).map(({ children }) => children.join(''));
}

export function numberAt(node: SvgNode | undefined, name: string): number {
  return Number(node?.attributes[name]);
}
