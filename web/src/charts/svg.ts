/** An SVG element as plain data: charts are functions to this, tests read it without a browser. */
export interface SvgNode {
  tag: string;
  attributes: Record<string, string | number>;
  children: (SvgNode | string)[];
}

export function svg(
  tag: string,
  attributes: Record<string, string | number> = {},
  ...children: (SvgNode | string)[]
): SvgNode {
  return { tag, attributes, children };
}

/** The node as an element of the document. */
export function toElement(node: SvgNode): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', node.tag);
  for (const [name, value] of Object.entries(node.attributes))
    made.setAttribute(name, String(value));
  made.append(
    ...node.children.map((child) => (typeof child === 'string' ? child : toElement(child))),
  );
  return made;
}
