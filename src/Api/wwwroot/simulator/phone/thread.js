// The talk itself. Rows are kept by their number and touched only when they changed, so scrolling, focus and the screen
// reader's place survive every refetch.
import { arrange, el, lengthOf } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { dayName, dayOf, timeOf } from '../base/clock.js';
import { bubbleFor } from '../bubbles/bubbles.js';
import { jsonView } from '../developer/json.js';

export class Thread {
  #rows = new Map();
  #days = new Map();
  #typing = el('div', { class: 'row bot typing', 'aria-label': '入力中' }, avatar(), el('div', { class: 'bubble dots', role: 'img', 'aria-label': '窓口が入力中' }, el('i'), el('i'), el('i')));

  /** @param {{who: string, office: () => string, perform: (action: object) => void, menu: (entry: object, anchor: HTMLElement) => void}} on */
  constructor(on) {
    this.on = on;
    this.log = el('div', { class: 'thread', role: 'log', 'aria-live': 'polite', 'aria-label': `${on.who}とのトーク`, tabindex: '0', on: { scroll: () => this.#seen() } });
    this.newer = el('button', { type: 'button', class: 'newer', hidden: true, data: { free: '' }, on: { click: () => this.toEnd() } }, '新しいメッセージ', icon('down', 16));
    this.root = el('div', { class: 'thread-frame' }, this.log, this.newer);
    // A phone that gets shorter (a menu opens) keeps its last words in sight; so does one whose pictures arrive late.
    let following = true;
    this.log.addEventListener('scroll', () => { following = this.#atEnd(); }, { passive: true });
    new ResizeObserver(() => following && this.toEnd()).observe(this.log);
    this.log.addEventListener('load', () => following && this.toEnd(), true);
    this.log.addEventListener('keydown', event => this.#walk(event));
  }

  /** @param {object[]} entries in order @param {boolean} loading whether the office shows that it is writing @param {object[]} pending said, but not yet taken by LINE */
  render(entries, loading, pending) {
    const first = this.log.childElementCount === 0;
    const wasAtEnd = this.#atEnd();
    const last = this.lastSeq ?? 0;
    const wanted = [];
    let day = null;
    let previous = null;
    for (const entry of entries) {
      if (dayOf(entry.at) !== day) {
        day = dayOf(entry.at);
        wanted.push(this.#day(day, entry.at));
        previous = null;
      }
      const row = this.#row(entry);
      row.classList.toggle('first', previous?.from !== entry.from);
      if (previous) this.#rows.get(previous.seq).node.classList.toggle('last', previous.from !== entry.from || timeOf(previous.at) !== timeOf(entry.at));
      row.classList.add('last');
      wanted.push(row);
      previous = entry;
    }
    wanted.push(...pending.map(one => one.row));
    if (loading) wanted.push(this.#typing);
    for (const [seq] of this.#rows) if (!entries.some(entry => entry.seq === seq)) this.#rows.delete(seq);
    arrange(this.log, wanted);
    this.#oneStop();
    this.lastSeq = entries.at(-1)?.seq ?? 0;
    const news = entries.some(entry => entry.seq > last);
    const mine = pending.length > 0 || entries.at(-1)?.from === 'resident';
    if (first || wasAtEnd || mine) this.toEnd();
    else if (news) this.newer.hidden = false;
  }

  #day(day, at) {
    let node = this.#days.get(day);
    if (!node) this.#days.set(day, node = el('p', { class: 'day-mark' }, el('span')));
    node.firstChild.textContent = dayName(at);
    return node;
  }

  #row(entry) {
    const signature = JSON.stringify([entry.message, entry.unsent, entry.from]);
    const known = this.#rows.get(entry.seq);
    if (known?.signature === signature) return known.node;
    const node = entry.unsent ? this.#taken(entry) : this.#said(entry);
    this.#rows.set(entry.seq, { node, signature });
    return node;
  }

  #taken(entry) {
    return el('div', { class: 'row note', data: { seq: entry.seq } }, el('p', { text: entry.from === 'resident' ? 'メッセージの送信を取り消しました' : 'メッセージが取り消されました' }));
  }

  #said(entry) {
    const mine = entry.from === 'resident';
    const { node, wide } = bubbleFor(entry, this.on.perform);
    const sender = entry.message.sender;
    const more = el('button', { type: 'button', class: 'more', tabindex: '-1', 'aria-label': 'このメッセージの操作', 'aria-haspopup': 'menu', data: { free: '' }, on: { click: () => this.on.menu(entry, more) } }, icon('more', 18));
    const row = el('div', { class: `row ${mine ? 'mine' : 'bot'} ${wide ? 'wide' : ''} ${huge(entry) ? 'huge' : ''}`, data: { seq: entry.seq } },
      el('span', { class: 'sr', text: mine ? `${this.on.who}：` : `${sender?.name ?? this.on.office()}：` }),
      !mine && avatar(),
      el('div', { class: 'stack' }, sender?.name && el('span', { class: 'sender', text: sender.name }), node, jsonToggle(entry)),
      el('div', { class: 'meta' }, more, mine && el('span', { class: 'sent', role: 'img', 'aria-label': '送信済み' }, icon('check', 13)), el('time', { datetime: new Date(entry.at).toISOString(), text: timeOf(entry.at) })));
    longPress(row, () => this.on.menu(entry, more));
    return row;
  }

  /** A row for words that are on their way. */
  static pendingRow(text) {
    return el('div', { class: 'row mine first last pending' }, el('div', { class: 'stack' }, el('div', { class: 'bubble words', text })), el('div', { class: 'meta' }, el('span', { class: 'time', text: '送信中' })));
  }

  /** However long the talk, its ⋯ buttons are one stop of the Tab key; ↑ and ↓ walk from message to message. */
  #oneStop() {
    const buttons = [...this.log.querySelectorAll('.more')];
    if (!buttons.some(button => button.tabIndex === 0 && button === document.activeElement)) buttons.forEach((button, i) => { button.tabIndex = i === buttons.length - 1 ? 0 : -1; });
  }

  #walk(event) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by || !event.target.matches('.more')) return;
    event.preventDefault();
    const buttons = [...this.log.querySelectorAll('.more')];
    const next = buttons[buttons.indexOf(event.target) + by];
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  #atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 48;
  }

  #seen() {
    if (this.#atEnd()) this.newer.hidden = true;
  }

  /** Changes the look of the talk without losing its end from sight. */
  holding(change) {
    const wasAtEnd = this.#atEnd();
    change();
    if (wasAtEnd) this.toEnd();
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }
}

const avatar = () => el('img', { class: 'avatar', src: '/simulator/art/office.svg', alt: '', width: 36, height: 36 });

/** One or two emoji alone are shown large, as people expect. */
const huge = ({ message }) => message.type === 'text' && /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u.test(message.text ?? '') && lengthOf(message.text) <= 2;

/** While the developer's drawer is open, every message can show what it is made of. */
function jsonToggle(entry) {
  const toggle = el('button', { type: 'button', class: 'json-toggle', text: 'JSON', 'aria-expanded': 'false', data: { free: '' }, on: { click: () => {
    const open = toggle.nextElementSibling;
    if (open) open.remove();
    else toggle.after(jsonView(entry.message));
    toggle.nextElementSibling?.scrollIntoView({ block: 'nearest' });
    toggle.setAttribute('aria-expanded', String(!open));
  } } });
  return toggle;
}

function longPress(row, open) {
  let timer = 0;
  const stop = () => clearTimeout(timer);
  row.addEventListener('touchstart', () => { timer = setTimeout(open, 550); }, { passive: true });
  for (const end of ['touchend', 'touchmove', 'touchcancel']) row.addEventListener(end, stop, { passive: true });
}
