// Invisible buttons over a picture, placed by percentage so that they fit at any width (rich menus, imagemaps).
import { el } from '../base/dom.js';

/**
 * @param {{width: number, height: number}} size of the picture the bounds were measured on
 * @param {{bounds: {x: number, y: number, width: number, height: number}, label: string, tap: () => void}[]} list
 */
export function areas(size, list) {
  return list.map(({ bounds, label, tap }, i) => {
    const area = el('button', { type: 'button', class: 'area', 'aria-label': label ?? `${i + 1}番目のボタン`, title: label, on: { click: tap } });
    area.style.left = `${100 * bounds.x / size.width}%`;
    area.style.top = `${100 * bounds.y / size.height}%`;
    area.style.width = `${100 * bounds.width / size.width}%`;
    area.style.height = `${100 * bounds.height / size.height}%`;
    return area;
  });
}
