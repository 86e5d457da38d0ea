// The date and time picker. A native field for the keyboard, a month to tap for the finger; both say the same day.
import { ask, field } from '../base/dialog.js';
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';
import { dayOf } from '../base/clock.js';

const kinds = {
  date: { title: '日付を選ぶ', input: 'date', label: '日付' },
  time: { title: '時刻を選ぶ', input: 'time', label: '時刻' },
  datetime: { title: '日時を選ぶ', input: 'datetime-local', label: '日時' },
};

/**
 * @param {{mode: 'date'|'time'|'datetime', initial?: string, min?: string, max?: string, label?: string}} action
 * @returns {Promise<string|null>} as LINE sends it: yyyy-MM-dd, HH:mm or yyyy-MM-ddTHH:mm
 */
export function askMoment(action) {
  const kind = kinds[action.mode] ?? kinds.date;
  return ask(kind.title, close => {
    const input = el('input', { type: kind.input, required: true, min: normal(action.min), max: normal(action.max), value: normal(action.initial) ?? firstValue(action) });
    const submit = event => {
      event.preventDefault();
      if (input.reportValidity()) close(input.value.slice(0, kind.input === 'datetime-local' ? 16 : undefined));
    };
    return [el('form', { class: 'dialog-form', novalidate: false, on: { submit } },
      field(kind.label, input, range(action)),
      action.mode === 'date' && month(input),
      el('div', { class: 'dialog-foot' },
        el('button', { type: 'button', class: 'button', text: 'やめる', on: { click: () => close(null) } }),
        el('button', { type: 'submit', class: 'button primary', text: '決定' })))];
  });
}

const normal = value => value?.replace('t', 'T') ?? null;

function firstValue({ mode, min, max }) {
  const today = dayOf(Date.now());
  const value = { date: today, time: '09:00', datetime: `${today}T09:00` }[mode] ?? today;
  return min && value < normal(min) ? normal(min) : max && value > normal(max) ? normal(max) : value;
}

const range = ({ min, max }) => (min || max ? `${said(min)}〜${said(max)}` : null);
const said = value => (value ? value.replace(/[tT]/, ' ').replaceAll('-', '/') : '');

const iso = (year, monthIndex, day) => new Date(Date.UTC(year, monthIndex, day)).toISOString().slice(0, 10);

/** A month of buttons around the day in `input`. Arrow keys walk through the days. */
function month(input) {
  const title = el('p', { class: 'month-title', 'aria-live': 'polite' });
  const days = el('div', { class: 'month-days' });
  const turn = by => {
    const [y, m] = shown;
    shown = [new Date(Date.UTC(y, m + by, 1)).getUTCFullYear(), (m + by + 12) % 12];
    draw();
  };
  const view = el('div', { class: 'month', role: 'group', 'aria-label': 'カレンダー' },
    el('div', { class: 'month-head' },
      el('button', { type: 'button', class: 'icon-button', 'aria-label': '前の月', on: { click: () => turn(-1) } }, icon('left', 18)),
      title,
      el('button', { type: 'button', class: 'icon-button', 'aria-label': '次の月', on: { click: () => turn(1) } }, icon('right', 18))),
    el('div', { class: 'month-week', 'aria-hidden': 'true' }, ['日', '月', '火', '水', '木', '金', '土'].map(text => el('span', { text }))),
    days);
  let shown = yearMonth(input.value);

  function draw() {
    const [y, m] = shown;
    title.textContent = `${y}年${m + 1}月`;
    const lead = new Date(Date.UTC(y, m, 1)).getUTCDay();
    const count = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
    days.replaceChildren(...Array.from({ length: lead }, () => el('span')), ...Array.from({ length: count }, (_, i) => day(iso(y, m, i + 1), i + 1, m)));
  }

  function day(value, number, m) {
    const chosen = value === input.value;
    return el('button', {
      type: 'button', class: 'day', text: String(number), 'aria-label': `${m + 1}月${number}日`, 'aria-pressed': String(chosen), tabindex: chosen ? '0' : '-1',
      disabled: (input.min && value < input.min) || (input.max && value > input.max), data: { day: value },
      on: { click: () => choose(value) },
    });
  }

  function choose(value) {
    if ((input.min && value < input.min) || (input.max && value > input.max)) return;
    input.value = value;
    shown = yearMonth(value);
    draw();
    days.querySelector(`[data-day="${value}"]`)?.focus();
  }

  days.addEventListener('keydown', event => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!by) return;
    event.preventDefault();
    choose(new Date(Date.parse(`${input.value}T00:00Z`) + by * 86_400_000).toISOString().slice(0, 10));
  });
  input.addEventListener('change', () => {
    if (input.value === '') return;
    shown = yearMonth(input.value);
    draw();
  });
  draw();
  return view;
}

const yearMonth = value => [Number(value.slice(0, 4)), Number(value.slice(5, 7)) - 1];
