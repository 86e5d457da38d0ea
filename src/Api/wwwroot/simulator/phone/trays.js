// What opens under the composer: stickers, and the things one can attach.
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { stickers } from './stickers.js';

/** @param {(sticker: {id: string, keywords: string[]}) => void} send */
export const stickerTray = send =>
  el('div', { class: 'tray stickers', role: 'group', 'aria-label': 'スタンプ' },
    stickers.map(sticker => el('button', { type: 'button', class: 'sticker-choice', 'aria-label': `スタンプ：${sticker.name}`, on: { click: () => send(sticker) } },
      el('img', { src: sticker.url, alt: '', width: 72, height: 72 }))));

/** @param {{photo: () => void, place: () => void, file: () => void}} send */
export const attachTray = send =>
  el('div', { class: 'tray attach', role: 'group', 'aria-label': '送るもの' },
    [['photo', '写真', send.photo], ['place', '位置情報', send.place], ['file', 'ファイル', send.file]].map(([picture, name, go]) =>
      el('button', { type: 'button', class: 'attach-choice', on: { click: go } }, el('span', { class: 'attach-icon' }, icon(picture, 24)), el('span', { text: name }))));
