// A new resident, or one who is already there but whose phone is not on the table.
import { ask, field } from '../base/dialog.js';
import { el } from '../base/dom.js';
import { byRecency, nameOf, residentMark } from './names.js';

const languages = [['ja', '日本語'], ['en', 'English'], ['zh-Hans', '简体中文'], ['ko', '한국어'], ['vi', 'Tiếng Việt'], ['pt', 'Português']];

/**
 * @param {{channels: object[], residents: object[]}} state
 * @param {Set<string>} open ids whose phones are shown
 * @returns {Promise<{create: object}|{show: object}|null>}
 */
export function askNewcomer({ channels, residents }, open) {
  const others = byRecency(residents.filter(resident => !open.has(resident.id))).slice(0, 50);
  return ask('住民を追加', close => {
    const name = el('input', { type: 'text', maxlength: '20', autocomplete: 'off' });
    const channel = el('select', {}, channels.map(one => el('option', { value: one.name, text: one.displayName ?? one.municipality ?? one.name })));
    const language = el('select', {}, languages.map(([value, text]) => el('option', { value, text })));
    const submit = event => {
      event.preventDefault();
      close({ create: { channel: channel.value || undefined, name: name.value.trim() || undefined, language: language.value } });
    };
    return [
      el('form', { class: 'dialog-form', data: { free: '' }, on: { submit } },
        field('名前', name, '空のままなら、架空の名前が付きます。'),
        channels.length > 1 && field('友だちになる公式アカウント', channel),
        field('スマートフォンの言語', language),
        el('div', { class: 'dialog-foot' }, el('button', { type: 'submit', class: 'button primary', text: '友だち追加して始める' }))),
      others.length > 0 && el('div', { class: 'others', data: { free: '' } }, el('h3', { text: 'ほかの住民の電話を開く' }),
        el('ul', {}, others.map(resident => el('li', {}, el('button', { type: 'button', class: 'other', on: { click: () => close({ show: resident }) } }, residentMark(resident, 'round'), `${nameOf(resident)}さん`))))),
    ].filter(Boolean);
  });
}
