// The only place that makes elements. Strings become text nodes, never markup: whatever a resident or the office writes
// is data, and there is no innerHTML anywhere in the simulator.

/**
 * Makes an element.
 * @param {string} tag
 * @param {object} [props] `class`, `text`, `on` (event → handler), `data` (dataset), anything else an attribute; null, undefined and false are left out.
 * @param {...(Node|string|null|undefined|false)} children
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an SVG element, by the same rules. */
export function svg(tag, props = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.setAttribute('class', value);
    else if (name === 'text') node.textContent = value;
    else if (name === 'on') for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === 'data') Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

/** A number that is unique on this page, for label/for and aria-controls. */
let counter = 0;
export const freshId = prefix => `${prefix}-${++counter}`;

/** Makes the children of `parent` exactly `wanted`, moving as little as possible, so that a live region announces only what is new. */
export function arrange(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] ?? null);
  });
}

/** What a person would call the length of a text: grapheme clusters. */
const graphemes = new Intl.Segmenter('ja', { granularity: 'grapheme' });
export const lengthOf = text => [...graphemes.segment(text)].length;
