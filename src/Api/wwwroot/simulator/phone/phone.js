// One resident's phone. It shows what the local LINE says is on the screen and turns touches into calls; it remembers
// nothing that a reload could lose.
import { el, freshId, lengthOf } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { api } from '../base/api.js';
import { attempt, toast } from '../base/toast.js';
import { Drawer } from '../developer/drawer.js';
import { Composer } from './composer.js';
import { Thread } from './thread.js';
import { quickReplies } from './quick-replies.js';
import { richMenu } from './rich-menu.js';
import { attachTray, stickerTray } from './trays.js';
import { PACKAGE } from './stickers.js';
import { askPhoto } from './photo.js';
import { askPlace } from './place.js';
import { openMenu } from './message-menu.js';
import { perform } from './actions.js';
import { Stopwatch } from '../developer/stopwatch.js';
import { nameOf, residentMark } from '../board/names.js';

export class Phone {
  #screen = null;
  #pending = [];
  #fetching = null;
  #again = false;
  #panel = null;
  #menuKey = null;
  #quickGoneAt = 0;

  /** @param {object} resident @param {object} channel @param {{remove: (phone: Phone) => void, gone: (phone: Phone) => void, changed: () => void}} on */
  constructor(resident, channel, on) {
    this.id = resident.id;
    this.resident = resident;
    this.office = channel?.displayName ?? channel?.municipality ?? channel?.name ?? '窓口';
    this.on = on;
    this.stopwatch = new Stopwatch(resident.id);
    const who = `${resident.name}さん`;
    this.thread = new Thread({ who, office: () => this.office, perform: action => this.tap(action), menu: (entry, anchor) => this.#messageMenu(entry, anchor) });
    this.composer = new Composer({ who, send: text => this.#say(text), typed: () => this.stopwatch.begin(), panel: name => this.showPanel(this.#panel === name ? null : name), focus: () => this.#writing() });
    this.quick = el('div', { class: 'quick' });
    this.panel = el('div', { class: 'panel', id: freshId('panel') });
    this.menuBar = el('button', { type: 'button', class: 'menu-bar', 'aria-controls': this.panel.id, hidden: true, on: { click: () => this.showPanel(this.#panel === 'menu' ? null : 'menu') } });
    this.unread = el('span', { class: 'badge', hidden: true });
    this.drawer = new Drawer(this);
    this.devButton = el('button', { type: 'button', class: 'icon-button dev', 'aria-label': '開発者', title: '開発者', 'aria-expanded': 'false', 'aria-controls': this.drawer.root.id, data: { free: '' }, on: { click: () => this.showDrawer(this.drawer.root.hidden) } }, icon('code', 20));
    this.blockedNote = el('div', { class: 'blocked', hidden: true }, el('p', { text: `${this.office}をブロックしています` }), el('button', { type: 'button', class: 'button small', text: 'ブロックを解除', data: { free: '' }, on: { click: () => this.setBlocked(false) } }));
    this.face = el('div', { class: 'face' },
      el('header', { class: 'phone-head' },
        el('img', { class: 'avatar', src: '/simulator/art/office.svg', alt: '', width: 36, height: 36 }),
        el('div', { class: 'phone-names' }, el('h2', { text: this.office }), el('p', {}, residentMark(resident, 'dot'), who)),
        this.unread, this.devButton,
        el('button', { type: 'button', class: 'icon-button', 'aria-label': `${who}の電話を片づける`, title: '電話を片づける', data: { free: '' }, on: { click: () => on.remove(this) } }, icon('close', 20))),
      this.thread.root, this.quick, this.blockedNote, this.composer.root, this.menuBar, this.panel);
    this.root = el('section', { class: 'phone', 'aria-label': `${who}のスマートフォン`, data: { resident: resident.id } }, this.face, this.drawer.root);
    this.face.addEventListener('click', event => this.#count(event), true);
  }

  /** Fetches the screen. Calls that arrive while one is under way become one more fetch. */
  refresh() {
    if (this.#fetching) {
      this.#again = true;
      return this.#fetching;
    }
    this.#fetching = (async () => {
      do {
        this.#again = false;
        try {
          this.#show(await api.screen(this.id));
        } catch (error) {
          if (error.status === 404) this.on.gone(this);
        }
      } while (this.#again);
    })().finally(() => { this.#fetching = null; });
    return this.#fetching;
  }

  #show(screen) {
    const firstTime = this.#screen === null;
    this.#screen = screen;
    this.resident = { ...this.resident, ...screen.resident };
    this.#pending = this.#pending.filter(one => !screen.messages.some(entry => entry.seq > one.after && entry.from === 'resident' && entry.message.text === one.text));
    this.thread.render(screen.messages, screen.loading, this.#pending);
    this.#showQuick();
    this.#showMenu(firstTime);
    const { blocked } = this.resident;
    this.blockedNote.hidden = !blocked;
    this.composer.disabled = blocked;
    this.face.classList.toggle('is-blocked', Boolean(blocked));
    this.showUnread(screen.resident.unread ?? 0);
    this.stopwatch.watch(screen.messages);
    this.drawer.update();
    this.on.changed();
  }

  #showQuick() {
    const { quickReply, messages } = this.#screen;
    const last = messages.at(-1)?.seq ?? 0;
    const wanted = quickReply?.items?.length && this.#pending.length === 0 && last > this.#quickGoneAt && !this.resident.blocked;
    const key = wanted ? `${last}` : '';
    if (this.quick.dataset.of === key) return;
    this.quick.dataset.of = key;
    this.quick.replaceChildren(...(wanted ? [quickReplies(quickReply, action => this.#tapQuick(action, last))] : []));
    this.thread.toEnd();
  }

  #showMenu(firstTime) {
    const { richMenu: menu } = this.#screen;
    const key = JSON.stringify([menu?.richMenuId, menu?.imageUrl, this.resident.blocked]);
    if (key === this.#menuKey) return;
    this.#menuKey = key;
    this.menuBar.hidden = !menu || this.resident.blocked;
    this.board = menu ? richMenu(menu, action => this.#tapMenu(action)) : null;
    if (menu && firstTime && this.#screen.messages.length <= 3) this.#panel = 'menu';
    this.showPanel(this.resident.blocked ? null : this.#panel);
  }

  /** Opens one of the things under the composer, or none. @param {'menu'|'stickers'|'attach'|null} name */
  showPanel(name) {
    this.#panel = name === 'menu' && !this.board ? null : name;
    const content = {
      menu: () => this.board,
      stickers: () => stickerTray(sticker => this.#sticker(sticker)),
      attach: () => attachTray({ photo: () => this.sendPhoto(false), place: () => this.sendPlace(), file: () => this.#file() }),
    }[this.#panel];
    // What closes must not take the keyboard's place with it.
    if (this.panel.contains(document.activeElement)) this.thread.log.focus({ preventScroll: true });
    this.panel.replaceChildren(...(content ? [content()] : []));
    const open = this.#panel === 'menu';
    this.menuBar.setAttribute('aria-expanded', String(open));
    this.menuBar.replaceChildren(el('span', { text: this.#screen?.richMenu?.chatBarText ?? 'メニュー' }), icon(open ? 'down' : 'up', 16));
    this.composer.stickers.setAttribute('aria-expanded', String(this.#panel === 'stickers'));
    this.composer.attach.setAttribute('aria-expanded', String(this.#panel === 'attach'));
  }

  /** On a phone the keyboard takes the menu's place; here only when there is little room. */
  #writing() {
    if (this.#panel !== null && this.thread.log.clientHeight < 320) this.showPanel(null);
  }

  /** A tap somewhere in the talk. */
  tap(action) {
    return perform(this, action);
  }

  async #tapQuick(action, seq) {
    const away = ['postback', 'message'].includes(action.type);
    if (away) this.#hideQuick(seq);
    const sent = await this.tap(action);
    if (sent && !away) this.#hideQuick(seq);
    if (!sent && away) this.#quickGoneAt = 0;
    this.#showQuick();
  }

  #hideQuick(seq) {
    this.#quickGoneAt = seq;
    this.#showQuick();
    this.thread.log.focus({ preventScroll: true });
  }

  async #tapMenu(action) {
    const sent = await this.tap(action);
    // LINE leaves the menu open; on a low screen the answer would be hidden behind it.
    if (sent && this.#panel === 'menu' && action.type !== 'richmenuswitch' && this.thread.log.clientHeight < 360) this.showPanel(null);
  }

  /** Does something that reaches LINE. @returns {Promise<boolean>} whether it was taken */
  async send(work) {
    const sent = await attempt(work);
    await this.refresh();
    return sent;
  }

  async #say(text) {
    this.stopwatch.type(lengthOf(text));
    const one = { text, after: this.thread.lastSeq ?? 0, row: Thread.pendingRow(text) };
    this.#pending.push(one);
    this.thread.render(this.#screen?.messages ?? [], false, this.#pending);
    if (this.#screen) this.#showQuick();
    const sent = await attempt(() => api.say(this.id, { type: 'text', text }));
    this.#pending = this.#pending.filter(other => other !== one);
    if (!sent && this.composer.text.value === '') this.composer.fill(text);
    await this.refresh();
  }

  #sticker(sticker) {
    this.showPanel(null);
    return this.send(() => api.say(this.id, { type: 'sticker', packageId: PACKAGE, stickerId: sticker.id, keywords: sticker.keywords }));
  }

  async sendPhoto(camera) {
    const files = await askPhoto(camera);
    if (!files) return false;
    this.showPanel(null);
    return this.send(() => api.sendFiles(this.id, 'image', files));
  }

  async sendPlace() {
    const place = await askPlace();
    if (!place) return false;
    this.showPanel(null);
    return this.send(() => api.say(this.id, place));
  }

  #file() {
    const input = el('input', { type: 'file' });
    input.addEventListener('change', () => {
      const [file] = input.files;
      this.showPanel(null);
      if (file) this.send(() => api.sendFiles(this.id, 'file', [file]));
    });
    input.click();
  }

  async setBlocked(blocked) {
    await this.send(() => (blocked ? api.block(this.id) : api.unblock(this.id)));
  }

  #messageMenu(entry, anchor) {
    openMenu(this.face, anchor, [
      entry.message.text && { name: 'コピー', go: () => navigator.clipboard.writeText(entry.message.text).then(() => toast('コピーしました'), () => toast('コピーできませんでした。', 'bad')) },
      { name: 'JSON を見る', go: () => { this.showDrawer(true); this.drawer.showMessage(entry); } },
      entry.from === 'resident' && { name: '送信取消', bad: true, go: () => this.send(() => api.unsend(this.id, entry.id)) },
    ].filter(Boolean));
  }

  showDrawer(open) {
    this.drawer.show(open);
    this.devButton.setAttribute('aria-expanded', String(open));
    this.thread.holding(() => this.root.classList.toggle('with-drawer', open));
    if (open) this.drawer.root.scrollIntoView({ inline: 'nearest', block: 'nearest' });
    else this.devButton.focus();
  }

  showUnread(count) {
    this.unreadCount = count;
    this.unread.hidden = count === 0;
    this.unread.textContent = count > 99 ? '99+' : String(count);
    this.unread.setAttribute('aria-label', `未読${count}件`);
    this.unread.setAttribute('role', 'img');
  }

  #count(event) {
    if (event.target.closest('[data-free]')) return;
    if (event.target.closest('button, a, textarea, [role="button"], .tappable')) this.stopwatch.tap();
  }

  get name() {
    return nameOf(this.resident);
  }
}
