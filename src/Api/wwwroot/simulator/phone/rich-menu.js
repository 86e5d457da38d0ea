// The rich menu: the office's picture with areas to tap.
import { el } from '../base/dom.js';
import { areas } from '../bubbles/areas.js';
import { BASE } from '../base/api.js';

/**
 * @param {{richMenuId: string, size: {width: number, height: number}, chatBarText: string, areas: object[], imageUrl: string}} menu
 * @param {(action: object) => void} perform
 */
export function richMenu(menu, perform) {
  const image = el('img', { class: 'menu-image', src: menu.imageUrl ?? `${BASE}/rich-menus/${encodeURIComponent(menu.richMenuId)}/image`, alt: '' });
  const board = el('div', { class: 'menu-board', role: 'group', 'aria-label': menu.chatBarText },
    image,
    areas(menu.size, menu.areas.map(({ bounds, action }) => ({ bounds, label: action.label ?? action.displayText ?? action.text, tap: () => perform(action) }))));
  // Without its picture the menu still works: the areas show their names.
  image.addEventListener('error', () => {
    board.classList.add('named');
    for (const area of board.querySelectorAll('.area')) area.textContent = area.getAttribute('aria-label');
  }, { once: true });
  board.style.aspectRatio = `${Number(menu.size.width)} / ${Number(menu.size.height)}`;
  return board;
}
