// How a resident is shown: the first letter of the name on the colour that the local LINE gave.
import { el } from '../base/dom.js';
import { readableOn, safeColour } from '../bubbles/safe.js';

export const nameOf = resident => resident.name ?? resident.id;

/** Those who spoke last come first. */
export const byRecency = residents => [...residents].sort((a, b) => Date.parse(b.lastAt ?? 0) - Date.parse(a.lastAt ?? 0));

/** @param {'dot'|'round'} form */
export function residentMark(resident, form) {
  const colour = safeColour(resident.color)?.slice(0, 7) ?? '#5a6b75';
  const mark = el('span', { class: `mark ${form}`, 'aria-hidden': 'true', data: { letter: form === 'round' ? [...nameOf(resident)][0] : '' } });
  mark.style.backgroundColor = colour;
  mark.style.color = readableOn(colour);
  return mark;
}
