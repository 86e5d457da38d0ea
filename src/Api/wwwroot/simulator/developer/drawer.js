// The developer's side of a phone: the clock, the nasty buttons, and every event and call as it went over the wire.
import { el, freshId } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { api } from '../base/api.js';
import { attempt, toast } from '../base/toast.js';
import { exactTimeOf } from '../base/clock.js';
import { findingsView } from './findings.js';
import { jsonView, rawView } from './json.js';

const PAGE = 200;

export class Drawer {
  #after = 0;
  #reading = null;
  #again = false;
  #timer = 0;

  /** @param {import('../phone/phone.js').Phone} phone */
  constructor(phone) {
    this.phone = phone;
    const id = freshId('drawer');
    this.clock = el('dl', { class: 'clock' });
    this.block = el('button', { type: 'button', class: 'button small', on: { click: () => phone.setBlocked(!phone.resident.blocked) } });
    this.findings = el('div', { class: 'findings' });
    this.message = el('section', { class: 'one-message', hidden: true });
    this.list = el('ol', { class: 'journal' });
    this.empty = el('p', { class: 'hint', text: 'まだ何も届いていません。' });
    this.root = el('aside', { class: 'drawer', id, 'aria-label': `開発者：${phone.resident.name}さん`, hidden: true, on: { keydown: event => { if (event.key === 'Escape') phone.showDrawer(false); } } },
      el('div', { class: 'drawer-head' }, el('h2', { text: '開発者' }), el('button', { type: 'button', class: 'icon-button', 'aria-label': '開発者を閉じる', on: { click: () => phone.showDrawer(false) } }, icon('close', 20))),
      el('div', { class: 'drawer-body' },
        el('section', { class: 'drawer-part' },
          el('h3', { text: '開始から受付まで' }), this.clock,
          el('div', { class: 'drawer-buttons' }, el('button', { type: 'button', class: 'button small', text: '計り直す', on: { click: () => phone.stopwatch.reset() } })),
          el('p', { class: 'hint', text: '最初に触れたときから、受付番号が届くまで。別のタブで開いたページでの入力は数えません。' })),
        el('section', { class: 'drawer-part' },
          el('h3', { text: '試す' }),
          el('div', { class: 'drawer-buttons' },
            el('button', { type: 'button', class: 'button small', text: '最後のイベントをもう一度送る', on: { click: () => this.#do(() => api.resend(phone.id), '同じイベントをもう一度送りました') } }),
            el('button', { type: 'button', class: 'button small', text: '返信を2分待たせる（トークン切れ）', on: { click: () => this.#do(() => api.expireNextToken(phone.id, 120), '次のイベントの返信トークンは、2分待ったものとして切れます') } }),
            this.block)),
        el('section', { class: 'drawer-part' }, el('h3', { text: '気づいたこと' }), this.findings),
        this.message,
        el('section', { class: 'drawer-part' }, el('h3', { text: '通信の記録' }), this.empty, this.list)));
    phone.stopwatch.changed = () => this.#showClock();
    this.#showClock();
    this.update();
  }

  show(open) {
    this.root.hidden = !open;
    clearInterval(this.#timer);
    if (!open) return;
    this.#timer = setInterval(() => this.phone.stopwatch.running && this.#showClock(), 100);
    this.#showClock();
    this.read();
    this.root.querySelector('button').focus({ preventScroll: true });
  }

  update() {
    this.block.textContent = this.phone.resident.blocked ? 'ブロックを解除' : 'ブロック';
  }

  async #do(work, said) {
    if (await attempt(work)) toast(said);
    this.phone.refresh();
  }

  #showClock() {
    const { stopwatch } = this.phone;
    const pair = (name, value, unit) => el('div', {}, el('dt', { text: name }), el('dd', {}, el('b', { text: value }), unit));
    this.clock.classList.toggle('done', stopwatch.done);
    this.clock.replaceChildren(pair(stopwatch.done ? '受付まで' : '時間', stopwatch.seconds.toFixed(1), '秒'), pair('タップ', String(stopwatch.taps), '回'), pair('入力', String(stopwatch.typed), '文字'));
  }

  /** Fetches what is new in the journal, while anyone looks. */
  read() {
    if (this.root.hidden) return;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = (async () => {
      do {
        this.#again = false;
        await this.#readOnce();
      } while (this.#again);
    })().catch(error => toast(error.message, 'bad')).finally(() => { this.#reading = null; });
  }

  async #readOnce() {
    const [{ entries }, { items }] = await Promise.all([api.journal(this.phone.id, this.#after, PAGE), api.findings()]);
    for (const entry of entries) {
      this.#after = Math.max(this.#after, entry.seq);
      this.list.prepend(this.#entry(entry));
    }
    if (entries.length === PAGE) this.#again = true;
    while (this.list.childElementCount > 500) this.list.lastChild.remove();
    this.empty.hidden = this.list.childElementCount > 0;
    this.#showFindings(items.filter(item => !item.resident || item.resident === this.phone.id));
  }

  #showFindings(items) {
    const view = findingsView(items);
    const before = this.findings.querySelector('details');
    if (before && view.tagName === 'DETAILS') view.open = before.open;
    this.findings.replaceChildren(view);
  }

  #entry(entry) {
    const incoming = entry.direction === 'webhook';
    const good = entry.status >= 200 && entry.status < 300;
    // Parsed only when opened: a long journal stays light.
    const body = el('div', { class: 'entry-body' });
    const details = el('details', { on: { toggle: () => details.open && body.childElementCount === 0 && body.append(...wire(entry)) } },
      el('summary', {},
        el('span', { class: `way ${incoming ? 'in' : 'out'}`, text: incoming ? '住民→窓口' : '窓口→住民' }),
        el('span', { class: 'what', text: incoming ? kindOf(entry.request) ?? 'webhook' : `${entry.method} ${String(entry.path ?? '').replace('/v2/bot', '')}` }),
        el('span', { class: `status ${good ? 'good' : 'bad'}`, text: entry.status ? String(entry.status) : '―' }),
        el('time', { text: exactTimeOf(entry.at) })),
      body);
    return el('li', {}, details);
  }

  /** Shows the JSON of one message above the journal. */
  showMessage(entry) {
    this.message.hidden = false;
    this.message.replaceChildren(
      el('div', { class: 'one-head' }, el('h3', { text: 'メッセージの JSON' }), el('button', { type: 'button', class: 'button small', text: '閉じる', on: { click: () => { this.message.hidden = true; } } })),
      jsonView(entry.message));
    this.message.scrollIntoView({ block: 'nearest' });
  }
}

function kindOf(request) {
  try {
    const { events } = JSON.parse(request);
    return events.map(event => event.message ? `${event.type} ${event.message.type}` : event.type).join(', ') || '（確認）';
  } catch {
    return null;
  }
}

const wire = entry => [
  entry.verdict && el('p', { class: 'verdict', text: entry.verdict }),
  entry.note && el('p', { class: 'hint', text: entry.note }),
  entry.requestId && el('p', { class: 'hint', text: `X-Line-Request-Id: ${entry.requestId}` }),
  el('h4', { text: '送ったもの' }), rawView(entry.request),
  el('h4', { text: '返ってきたもの' }), rawView(entry.response),
].filter(Boolean);
