// From a message's JSON to what stands in the talk.
import { el } from '../base/dom.js';
import { textBubble, textV2Bubble } from './text.js';
import { audioBubble, fileBubble, imageBubble, locationBubble, stickerBubble, videoBubble } from './media.js';
import { templateBubble } from './templates.js';
import { imagemapBubble } from './imagemap.js';
import { flexBubble } from './flex.js';

/**
 * @param {object} entry one message of the screen: `{seq, id, from, at, message, unsent}`
 * @param {(action: object) => void} perform what a tap does
 * @returns {{node: HTMLElement, wide: boolean}} `wide`: may use the whole width of the phone
 */
export function bubbleFor(entry, perform) {
  const { message } = entry;
  try {
    switch (message.type) {
      case 'text': return narrow(textBubble(message));
      case 'textV2': return narrow(textV2Bubble(message));
      case 'sticker': return narrow(stickerBubble(entry));
      case 'image': return narrow(imageBubble(entry));
      case 'video': return narrow(videoBubble(entry));
      case 'audio': return narrow(audioBubble(entry));
      case 'file': return narrow(fileBubble(entry));
      case 'location': return narrow(locationBubble(entry));
      case 'template': return templateBubble(message, perform);
      case 'imagemap': return narrow(imagemapBubble(message, perform));
      case 'flex': return flexBubble(message, perform);
      default: return narrow(plain(message.altText ?? `（${message.type}）`));
    }
  } catch (error) {
    // One message that cannot be drawn must not take the talk with it.
    console.error('A message could not be drawn.', error, message);
    return narrow(plain(message.altText ?? 'このメッセージは表示できません。'));
  }
}

const narrow = node => ({ node, wide: false });
const plain = text => el('div', { class: 'bubble words', text });
