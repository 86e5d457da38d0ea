// JSON for reading: indented, with names and values in different ink. Built of text nodes like everything else.
import { el } from '../base/dom.js';

/** @param {unknown} value @returns {HTMLElement} */
export function jsonView(value) {
  const text = JSON.stringify(value, null, 2) ?? '';
  const code = el('code');
  let from = 0;
  for (const match of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
    const [whole, string, colon] = match;
    code.append(text.slice(from, match.index));
    const kind = colon ? 'name' : string ? 'string' : 'value';
    code.append(el('span', { class: kind, text: string ?? whole }));
    if (colon) code.append(colon);
    from = match.index + whole.length;
  }
  code.append(text.slice(from));
  return el('pre', { class: 'json', tabindex: '0' }, code);
}

/** Raw text that is probably JSON. */
export function rawView(raw) {
  if (raw === null || raw === undefined || raw === '') return el('p', { class: 'hint', text: '（本文なし）' });
  if (typeof raw !== 'string') return jsonView(raw);
  try {
    return jsonView(JSON.parse(raw));
  } catch {
    return el('pre', { class: 'json', tabindex: '0', text: raw });
  }
}
