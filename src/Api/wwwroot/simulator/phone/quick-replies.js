// Quick replies: chips under the last message. They leave with the next message, as in LINE.
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { sideways } from '../base/sideways.js';
import { picture } from '../bubbles/media.js';

const pictures = { camera: 'camera', cameraRoll: 'photo', location: 'place', datetimepicker: 'calendar' };

/**
 * @param {{items: {action: object, imageUrl?: string}[]}} quickReply
 * @param {(action: object) => void} perform
 */
export function quickReplies(quickReply, perform) {
  const chips = quickReply.items.map(({ action, imageUrl }) =>
    el('button', { type: 'button', class: 'chip', on: { click: () => perform(action) } },
      imageUrl ? picture(imageUrl, '', { width: 20, height: 20 }) : pictures[action.type] && icon(pictures[action.type], 18),
      el('span', { text: action.label ?? action.text ?? '選ぶ' })));
  return sideways(el('div', { class: 'chips', role: 'group', 'aria-label': 'クイックリプライ' }, chips));
}
