// Template messages: buttons, confirm, carousel, image_carousel (LINE reference, Template messages).
import { el } from '../base/dom.js';
import { sideways } from '../base/sideways.js';
import { safeColour } from './safe.js';
import { picture } from './media.js';

const actionButton = (action, perform, extra = '') =>
  el('button', { type: 'button', class: `template-action ${extra}`, text: action.label ?? action.text ?? '選ぶ', on: { click: () => perform(action) } });

function thumbnail(url, { imageAspectRatio = 'rectangle', imageSize = 'cover', imageBackgroundColor }, alt, tap) {
  if (!url) return null;
  const box = el(tap ? 'button' : 'div', { class: `template-image ${imageAspectRatio} ${imageSize}`, ...(tap ? { type: 'button', 'aria-label': alt, on: { click: tap } } : {}) }, picture(url, tap ? '' : alt));
  const colour = safeColour(imageBackgroundColor);
  if (colour) box.style.backgroundColor = colour;
  return box;
}

function card(column, look, perform) {
  const tap = column.defaultAction ? () => perform(column.defaultAction) : null;
  return el('div', { class: 'template-card' },
    thumbnail(column.thumbnailImageUrl, look, column.defaultAction?.label ?? column.title ?? '画像', tap),
    el('div', { class: 'template-words' }, column.title && el('b', { text: column.title }), el('p', { text: column.text })),
    el('div', { class: 'template-actions' }, (column.actions ?? []).map(action => actionButton(action, perform))));
}

/** @returns {{node: HTMLElement, wide: boolean}} */
export function templateBubble(message, perform) {
  const { template } = message;
  switch (template.type) {
    case 'buttons':
      return { node: card(template, template, perform), wide: false };
    case 'confirm':
      return {
        node: el('div', { class: 'template-card confirm' },
          el('div', { class: 'template-words' }, el('p', { text: template.text })),
          el('div', { class: 'template-actions' }, template.actions.map(action => actionButton(action, perform)))),
        wide: false,
      };
    case 'carousel':
      return { node: row(message.altText, template.columns.map(column => card(column, template, perform))), wide: true };
    case 'image_carousel':
      return { node: row(message.altText, template.columns.map(column => pictureCard(column, perform))), wide: true };
    default:
      return { node: el('div', { class: 'bubble words', text: message.altText }), wide: false };
  }
}

const pictureCard = ({ imageUrl, action }, perform) =>
  el('button', { type: 'button', class: 'picture-card', on: { click: () => perform(action) } },
    picture(imageUrl, action.label ? '' : action.text ?? action.displayText ?? '選ぶ'),
    action.label && el('span', { text: action.label }));

/** Cards side by side, named by the message's alt text. */
export const row = (name, cards) =>
  sideways(el('div', { class: 'carousel', role: 'group', 'aria-label': name || 'カード', tabindex: '0' }, cards));
