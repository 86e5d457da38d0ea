// Imagemap: one picture, areas measured on a base 1040 wide.
import { el } from '../base/dom.js';
import { picture } from './media.js';
import { areas } from './areas.js';

export function imagemapBubble(message, perform) {
  const { baseUrl, baseSize, actions, altText } = message;
  const frame = el('div', { class: 'imagemap' }, picture(`${baseUrl}/700`, altText));
  frame.style.aspectRatio = `${Number(baseSize.width)} / ${Number(baseSize.height)}`;
  frame.append(...areas(baseSize, actions.map(action => ({
    bounds: action.area,
    label: action.label ?? action.text ?? action.linkUri ?? action.clipboardText,
    tap: () => perform(asAction(action)),
  }))));
  return frame;
}

/** Imagemap spells its actions differently from the rest of LINE. */
const asAction = action => action.type === 'uri' ? { type: 'uri', uri: action.linkUri, label: action.label } : action;
