// Shapes of an SVG picture: made like elements of a page, with numbers for attributes.
const SVG = "http://www.w3.org/2000/svg";

/** An element of an SVG: shape("circle", { cx: 3, cy: 4, r: 5 }).
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Record<string, any>} attributes @param {(Node | string)[]} children
 */
export function shape(tag, attributes, ...children) {
  const el = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, value);
  el.append(...children);
  return el;
}

/** Words in a picture, at a place. */
export const write = (className, x, y, text, anchor = "middle") =>
  shape("text", { class: className, x, y, "text-anchor": anchor }, text);
