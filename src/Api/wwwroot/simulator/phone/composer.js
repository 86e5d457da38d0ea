// Where a resident writes. Enter sends, Shift+Enter breaks the line, and the Enter that ends a kana conversion does neither.
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';

export class Composer {
  /** @param {{who: string, send: (text: string) => void, typed: () => void, panel: (name: string) => void, focus: () => void}} on */
  constructor(on) {
    this.on = on;
    this.text = el('textarea', {
      class: 'composer-text', rows: '1', 'aria-label': `${on.who}のメッセージ`, placeholder: 'メッセージを入力', enterkeyhint: 'send', autocomplete: 'off', spellcheck: 'false',
      on: { keydown: event => this.#key(event), input: () => { on.typed(); this.#fit(); }, focus: on.focus },
    });
    this.sendButton = el('button', { type: 'button', class: 'send', 'aria-label': '送信', on: { click: () => this.#send() } }, icon('send', 20));
    this.attach = this.#toggle('attach', 'plus', '写真・位置情報・ファイルを送る');
    this.stickers = this.#toggle('stickers', 'smile', 'スタンプを送る');
    this.root = el('div', { class: 'composer' }, this.attach, el('div', { class: 'composer-field' }, this.text, this.stickers), this.sendButton);
    this.#fit();
  }

  #toggle(name, picture, label) {
    return el('button', { type: 'button', class: 'icon-button', 'aria-label': label, 'aria-expanded': 'false', on: { click: () => this.on.panel(name) } }, icon(picture));
  }

  #key(event) {
    // keyCode 229: Safari ends the composition before this event and says isComposing = false.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.text.value.trim();
    this.text.focus();
    if (text === '') return;
    this.fill('');
    this.on.send(text);
  }

  #fit() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight, 112)}px`;
    this.sendButton.classList.toggle('ready', this.text.value.trim() !== '');
  }

  /** Puts words into the field and the cursor behind them. */
  fill(text) {
    this.text.value = text;
    this.#fit();
    this.text.focus();
  }

  set disabled(off) {
    for (const control of [this.text, this.sendButton, this.attach, this.stickers]) control.disabled = off;
    this.text.placeholder = off ? 'ブロック中は送れません' : 'メッセージを入力';
  }
}
