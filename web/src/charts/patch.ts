import { toElement, type SvgNode } from './frame';

/** Makes the only child of `parent` the drawing, changing as little of the present one as possible. */
export function patch(parent: Element, drawing: SvgNode): void {
  patchChildren(parent, [drawing]);
}

function patchChildren(parent: Element, wanted: readonly (SvgNode | string)[]): void {
  wanted.forEach((node, i) => {
    const present = parent.childNodes[i];
    if (!present) parent.append(madeOf(node));
    else if (!isPatched(present, node)) present.replaceWith(madeOf(node));
  });
  while (parent.childNodes.length > wanted.length) parent.lastChild?.remove();
}

function madeOf(node: SvgNode | string): SVGElement | string {
  return typeof node === 'string' ? node : toElement(node);
}

/** Turns what is present into the node, if it is one of its sort; says whether it did. */
function isPatched(present: ChildNode, node: SvgNode | string): boolean {
  if (typeof node === 'string') {
    if (!(present instanceof Text)) return false;
    if (present.data !== node) present.data = node;
    return true;
  }
  if (!(present instanceof SVGElement) || present.tagName !== node.tag) return false;
  for (const name of present.getAttributeNames())
    if (!(name in node.attributes)) present.removeAttribute(name);
  for (const [name, value] of Object.entries(node.attributes)) {
    const text = String(value);
    if (present.getAttribute(name) !== text) present.setAttribute(name, text);
  }
  patchChildren(present, node.children);
  return true;
}
