// The small menu of one message: copy, show the JSON, take back.
import { el } from '../base/dom.js';

/**
 * @param {HTMLElement} face where the menu may be
 * @param {HTMLElement} anchor the ⋯ button
 * @param {{name: string, go: () => void, bad?: boolean}[]} items
 */
export function openMenu(face, anchor, items) {
  face.querySelector('.menu')?.remove();
  const close = focus => {
    menu.remove();
    document.removeEventListener('pointerdown', outside, true);
    if (focus) anchor.focus();
  };
  const outside = event => { if (!menu.contains(event.target)) close(false); };
  const buttons = items.map(({ name, go, bad }) =>
    el('button', { type: 'button', role: 'menuitem', class: bad ? 'bad' : null, tabindex: '-1', text: name, on: { click: () => { close(true); go(); } } }));
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': 'メッセージの操作', data: { free: '' } }, buttons);
  menu.addEventListener('keydown', event => {
    const at = buttons.indexOf(document.activeElement);
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close(true);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      buttons[(at + (event.key === 'ArrowDown' ? 1 : buttons.length - 1)) % buttons.length].focus();
    }
  });
  face.append(menu);
  const spot = anchor.getBoundingClientRect();
  const frame = face.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(spot.left - frame.left - 20, frame.width - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(spot.bottom - frame.top + 4, frame.height - menu.offsetHeight - 8))}px`;
  document.addEventListener('pointerdown', outside, true);
  buttons[0].focus();
}
