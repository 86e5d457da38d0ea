// Pictures, films, sounds, files, stickers and places.
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { contentUrl } from '../base/api.js';
import { safeUrl } from './safe.js';
import { stickerFor } from '../phone/stickers.js';

/** A picture that says so when it cannot be shown (many pictures of messages live on other hosts, which this page does not visit). */
export function picture(url, alt, attributes = {}) {
  const shown = safeUrl(url);
  const missing = () => el('span', { class: 'no-picture', role: 'img', 'aria-label': alt || '画像' }, icon('photo', 26));
  if (!shown) return missing();
  const image = el('img', { src: shown, alt, loading: 'lazy', decoding: 'async', ...attributes });
  image.addEventListener('error', () => image.replaceWith(missing()), { once: true });
  return image;
}

export function imageBubble(entry) {
  const mine = entry.from === 'resident';
  const url = mine ? contentUrl(entry.message.id ?? entry.id) : entry.message.previewImageUrl ?? entry.message.originalContentUrl;
  const full = mine ? url : safeUrl(entry.message.originalContentUrl);
  const image = picture(url, mine ? '送った写真' : '画像', { class: 'photo' });
  return full
    ? el('a', { class: 'bubble bare photo-frame', href: full, target: '_blank', rel: 'noopener noreferrer', 'aria-label': mine ? '送った写真を大きく見る' : '画像を大きく見る' }, image)
    : el('div', { class: 'bubble bare photo-frame' }, image);
}

export function videoBubble(entry) {
  const { originalContentUrl, previewImageUrl } = entry.message;
  const url = safeUrl(originalContentUrl);
  const face = [previewImageUrl ? picture(previewImageUrl, '', { class: 'photo' }) : el('span', { class: 'no-picture' }), el('span', { class: 'play' }, icon('play', 28))];
  return url
    ? el('a', { class: 'bubble bare photo-frame film', href: url, target: '_blank', rel: 'noopener noreferrer', 'aria-label': '動画を開く' }, face)
    : el('div', { class: 'bubble bare photo-frame film', role: 'img', 'aria-label': '動画' }, face);
}

export function audioBubble(entry) {
  const seconds = Math.round((entry.message.duration ?? 0) / 1000);
  return chip('sound', '音声メッセージ', `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
}

export function fileBubble(entry) {
  const { fileName, fileSize } = entry.message;
  return chip('file', fileName ?? 'ファイル', fileSize ? sizeOf(fileSize) : 'ファイル');
}

const sizeOf = bytes => bytes < 1024 ? `${bytes} B` : bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const chip = (name, title, detail) =>
  el('div', { class: 'bubble thing' }, el('span', { class: 'thing-icon' }, icon(name)), el('span', { class: 'thing-words' }, el('b', { text: title }), el('small', { text: detail })));

export function stickerBubble(entry) {
  const sticker = stickerFor(entry.message.packageId, entry.message.stickerId);
  return el('div', { class: 'bubble bare sticker' }, el('img', { src: sticker.url, alt: `スタンプ：${sticker.name}`, width: 128, height: 128 }));
}

export function locationBubble(entry) {
  const { title, address, latitude, longitude } = entry.message;
  const point = `${Number(latitude).toFixed(5)}, ${Number(longitude).toFixed(5)}`;
  return el('div', { class: 'bubble place' },
    el('div', { class: 'map', role: 'img', 'aria-label': `地図：${title ?? '位置情報'}` }, el('img', { src: '/simulator/art/map.svg', alt: '' }), el('img', { class: 'pin', src: '/simulator/art/pin.svg', alt: '' })),
    el('div', { class: 'place-words' }, el('b', { text: title ?? '位置情報' }), address && el('span', { text: address }), el('small', { text: point })));
}
