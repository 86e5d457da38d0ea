// Our own stickers: Kamo, a gull who lives in the harbour. LINE's shop has numbers only; so do these.
export const PACKAGE = '700001';

export const stickers = [
  { id: '1', name: 'こんにちは', keywords: ['こんにちは', 'hello'] },
  { id: '2', name: 'ありがとう', keywords: ['ありがとう', 'thanks'] },
  { id: '3', name: 'OK', keywords: ['OK', '了解'] },
  { id: '4', name: 'おねがいします', keywords: ['おねがい', 'please'] },
  { id: '5', name: 'うーん？', keywords: ['疑問', 'question'] },
  { id: '6', name: 'ごめんなさい', keywords: ['ごめん', 'sorry'] },
  { id: '7', name: 'やったー', keywords: ['うれしい', 'joy'] },
  { id: '8', name: 'おやすみ', keywords: ['おやすみ', 'sleep'] },
].map(sticker => ({ ...sticker, url: `/simulator/art/sticker-${sticker.id}.svg` }));

/** The drawing of a sticker; those of LINE's shop are not ours to show, so a neutral one stands for them. */
export const stickerFor = (packageId, stickerId) =>
  (String(packageId) === PACKAGE && stickers.find(sticker => sticker.id === String(stickerId)))
  || { name: `${packageId} / ${stickerId}`, url: '/simulator/art/sticker-other.svg' };
