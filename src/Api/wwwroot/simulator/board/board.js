// The table with the phones. One phone is in the hand (its chat is open, as LINE would say); the others lie beside it and
// collect unread messages until they are touched.
import { arrange, el } from '../base/dom.js';
import { api } from '../base/api.js';
import { attempt, toast } from '../base/toast.js';
import { Phone } from '../phone/phone.js';
import { askNewcomer } from './newcomer.js';
import { byRecency, nameOf, residentMark } from './names.js';
import { recall, remember } from './memory.js';

export class Board {
  #phones = [];
  #active = null;
  #channels = [];
  #empty = el('div', { class: 'empty' },
    el('img', { src: '/simulator/art/sticker-1.svg', alt: '', width: 128, height: 128 }),
    el('p', { text: '住民になって、役所と話してみましょう。' }),
    el('button', { type: 'button', class: 'button primary', text: '＋ 住民を追加', on: { click: () => this.add() } }));

  constructor(table, people) {
    this.table = table;
    this.people = people;
    table.addEventListener('pointerdown', event => this.#touch(event), true);
    table.addEventListener('focusin', event => this.#touch(event));
    // Windows that a phone opened stand outside of it; their taps are still that person's taps.
    document.addEventListener('click', event => {
      if (event.target.closest('dialog') && !event.target.closest('[data-free]') && event.target.closest('button, input, label.pill')) this.#active?.stopwatch.tap();
    }, true);
  }

  async start() {
    const { open, active } = recall();
    const state = await api.state();
    this.#channels = state.channels;
    const wanted = open === null ? byRecency(state.residents).slice(0, 2).map(resident => resident.id) : open;
    const shown = wanted.map(id => state.residents.find(resident => resident.id === id)).filter(Boolean);
    for (const resident of shown) this.#put(resident);
    if (this.#phones.length === 0 && (open === null || open.length > 0)) await this.#create({});
    this.#activate(this.#phones.find(phone => phone.id === active) ?? this.#phones[0] ?? null);
    this.#draw();
  }

  /** After the stream was away: what is on the table may be old, or gone with a restarted server. */
  async catchUp() {
    await Promise.all(this.#phones.map(phone => phone.refresh()));
    for (const phone of this.#phones) phone.drawer.read();
  }

  async add() {
    const state = await api.state().catch(error => { toast(error.message, 'bad'); return null; });
    if (!state) return;
    this.#channels = state.channels;
    const choice = await askNewcomer(state, new Set(this.#phones.map(phone => phone.id)));
    if (choice?.create) await attempt(() => this.#create(choice.create));
    if (choice?.show) this.#activate(this.#put(choice.show));
  }

  async #create(wish) {
    this.#activate(this.#put(await api.addResident(wish)));
  }

  #put(resident) {
    const channel = this.#channels.find(one => one.name === resident.channel);
    const phone = new Phone(resident, channel, {
      remove: one => this.#remove(one),
      gone: one => { this.#remove(one); toast(`${nameOf(one.resident)}さんは、もうここにいません（サーバーが新しくなりました）。`); },
      changed: () => this.#drawPeople(),
    });
    this.#phones.push(phone);
    phone.refresh();
    return phone;
  }

  #remove(phone) {
    const at = this.#phones.indexOf(phone);
    if (at < 0) return;
    this.#phones.splice(at, 1);
    phone.drawer.show(false);
    if (this.#active === phone) {
      this.#active = null;
      api.close(phone.id).catch(() => {});
      this.#activate(this.#phones[Math.min(at, this.#phones.length - 1)] ?? null);
    }
    this.#draw();
  }

  #touch(event) {
    const phone = this.#phones.find(one => one.root.contains(event.target));
    if (phone && phone !== this.#active) this.#activate(phone);
  }

  #activate(phone) {
    const before = this.#active;
    this.#active = phone;
    if (before && before !== phone) api.close(before.id).catch(() => {});
    if (phone) api.open(phone.id).then(() => phone.refresh(), () => {});
    this.#draw();
    phone?.root.scrollIntoView({ inline: 'nearest', block: 'nearest' });
  }

  #draw() {
    arrange(this.table, this.#phones.length === 0 ? [this.#empty] : this.#phones.map(phone => phone.root));
    for (const phone of this.#phones) phone.root.classList.toggle('active', phone === this.#active);
    this.#drawPeople();
    remember(this.#phones.map(phone => phone.id), this.#active?.id ?? null);
  }

  #drawPeople() {
    arrange(this.people, this.#phones.map(phone => this.#person(phone)));
  }

  #chips = new WeakMap();

  #person(phone) {
    let chip = this.#chips.get(phone);
    if (!chip) {
      const badge = el('span', { class: 'badge', 'aria-hidden': 'true' });
      const name = el('span', { class: 'person-name', text: nameOf(phone.resident) });
      chip = { badge, node: el('button', { type: 'button', class: 'person', on: { click: () => this.#activate(phone) } }, residentMark(phone.resident, 'round'), name, badge) };
      this.#chips.set(phone, chip);
    }
    const unread = phone === this.#active ? 0 : phone.unreadCount ?? 0;
    chip.badge.hidden = unread === 0;
    chip.badge.dataset.count = String(unread);
    chip.node.setAttribute('aria-pressed', String(phone === this.#active));
    chip.node.setAttribute('aria-label', unread > 0 ? `${nameOf(phone.resident)}さん、未読${unread}件` : `${nameOf(phone.resident)}さん`);
    return chip.node;
  }

  /** News of one screen. */
  screenChanged({ resident }) {
    this.#phones.find(phone => phone.id === resident)?.refresh();
  }

  journalGrew() {
    for (const phone of this.#phones) phone.drawer.read();
  }
}
