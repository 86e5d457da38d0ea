// A row that scrolls sideways. A finger swipes it, the keyboard reaches what is in it; for a mouse there are two arrows.
import { el } from './dom.js';
import { icon } from './icons.js';

/** @param {HTMLElement} row the scrolling element */
export function sideways(row) {
  const step = by => row.scrollBy({ left: by * row.clientWidth * 0.8, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  // Hidden from assistive technology and the tab order: they only repeat what the keyboard already does.
  const arrow = (name, by) => el('button', { type: 'button', class: `arrow ${name}`, tabindex: '-1', 'aria-hidden': 'true', data: { free: '' }, on: { click: () => step(by) } }, icon(name, 18));
  const frame = el('div', { class: 'sideways' }, row, arrow('left', -1), arrow('right', 1));
  const look = () => {
    frame.classList.toggle('more-left', row.scrollLeft > 4);
    frame.classList.toggle('more-right', row.scrollLeft + row.clientWidth < row.scrollWidth - 4);
  };
  row.addEventListener('scroll', look, { passive: true });
  new ResizeObserver(look).observe(row);
  return frame;
}
