// What happens when a resident taps something. Postbacks and messages go to LINE; links, pickers, photos and places are the phone's own.
import { api } from '../base/api.js';
import { attempt, toast } from '../base/toast.js';
import { askMoment } from './picker.js';

/**
 * @param {import('./phone.js').Phone} phone
 * @param {object} action a LINE action
 * @returns {Promise<boolean>} true when an event went out to the office
 */
export async function perform(phone, action) {
  switch (action?.type) {
    case 'postback': {
      const sent = await phone.send(() => api.tap(phone.id, action));
      if (sent) obey(phone, action);
      return sent;
    }
    case 'message':
    case 'richmenuswitch':
      return phone.send(() => api.tap(phone.id, action));
    case 'datetimepicker': {
      const picked = await askMoment(action);
      return picked !== null && phone.send(() => api.tap(phone.id, action, { [action.mode]: picked }));
    }
    case 'uri':
      follow(action.uri);
      return false;
    case 'clipboard':
      await attempt(async () => {
        await navigator.clipboard.writeText(action.clipboardText).catch(() => { throw new Error('コピーできませんでした。'); });
        toast('コピーしました');
      });
      return false;
    case 'camera':
      return phone.sendPhoto(true);
    case 'cameraRoll':
      return phone.sendPhoto(false);
    case 'location':
      return phone.sendPlace();
    default:
      toast(`このボタン（${action?.type ?? '?'}）はシミュレーターでは動きません。`);
      return false;
  }
}

/** Opens a link beside the simulator. Only what a phone would open for anyone: web pages and telephone numbers. */
function follow(uri) {
  let protocol = null;
  try {
    protocol = new URL(uri, location.origin).protocol;
  } catch { /* not an address */ }
  if (protocol === 'http:' || protocol === 'https:') open(uri, '_blank', 'noopener,noreferrer');
  else if (protocol === 'tel:') toast(`電話をかけます：${uri.slice(4)}`);
  else toast('このリンクは LINE アプリの中だけで開けます。');
}

/** LINE's `inputOption`: what the phone shows after a postback. */
function obey(phone, { inputOption, fillInText }) {
  if (inputOption === 'closeRichMenu') phone.showPanel(null);
  if (inputOption === 'openRichMenu') phone.showPanel('menu');
  if (inputOption === 'openKeyboard') phone.composer.fill(fillInText ?? '');
}
