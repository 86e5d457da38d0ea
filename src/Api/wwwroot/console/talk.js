import { clocks, follow, swap } from '/console/live.js';
import { send } from '/console/console.js';

const id = document.querySelector('.talk-page').dataset.conversation;
const thread = document.querySelector('.thread');
const list = document.querySelector('[data-thread]');
const isOld = new URLSearchParams(location.search).has('before');
const toEnd = () => { thread.scrollTop = thread.scrollHeight; };
const isAtEnd = () => thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
if (!isOld) toEnd();
// the anchor is for windows without a script: here the thread scrolls, not the page
if (location.hash === '#end') {
  history.replaceState(null, '', location.pathname);
  if (innerWidth > 960) for (const when of ['load', 'pageshow']) addEventListener(when, () => scrollTo(0, 0));
}

// What came meanwhile is told once, not line by line.
const more = document.createElement('button');
more.type = 'button';
more.className = 'more-below small';
more.hidden = true;
more.addEventListener('click', () => { toEnd(); more.hidden = true; });
thread.after(more);
thread.addEventListener('scroll', () => { if (isAtEnd()) more.hidden = true; });
let fresh = 0;

function merge(next) {
  const wasAtEnd = isAtEnd();
  const known = new Map([...list.children].map(line => [line.dataset.line, line]));
  let added = 0;
  let place = list.firstElementChild;
  for (const line of [...next.querySelector('[data-thread]').children]) {
    const old = known.get(line.dataset.line);
    if (!old) {
      list.insertBefore(document.adoptNode(line), place);
      added++;
      continue;
    }
    known.delete(line.dataset.line);
    place = old.nextElementSibling;
    if (old.innerHTML !== line.innerHTML || old.className !== line.className) old.replaceWith(document.adoptNode(line));
  }
  if (added === 0) return;
  if (wasAtEnd) toEnd();
  else {
    fresh = more.hidden ? added : fresh + added;
    more.textContent = `新着 ${fresh} 件を見る`;
    more.hidden = false;
  }
}

const composer = () => document.getElementById('Text');

function wire() {
  const text = composer();
  if (!text) return;
  const key = `draft ${text.dataset.draft}`;
  const count = document.querySelector('[data-count]');
  const tell = () => {
    count.textContent = text.value.length.toLocaleString('ja-JP');
    count.parentElement.classList.toggle('too-long', text.value.length > 5000);
  };
  tell();
  text.addEventListener('input', () => {
    sessionStorage.setItem(key, text.value);
    tell();
    show('typing');
  });
  text.addEventListener('keydown', event => {
    // Enter ends a conversion of Japanese input; only Ctrl+Enter outside of one sends
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229 || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    text.form.requestSubmit();
  });
  for (const reply of document.querySelectorAll('[data-reply]')) {
    reply.addEventListener('click', event => {
      event.preventDefault();
      text.setRangeText(reply.dataset.reply, text.selectionStart, text.selectionEnd, 'end');
      text.dispatchEvent(new Event('input', { bubbles: true }));
      reply.closest('details').open = false;
      text.focus();
    });
  }
}

// One of the small windows at a time; Escape closes it.
document.addEventListener('toggle', event => {
  if (!event.target.matches?.('details.pop') || !event.target.open) return;
  for (const other of document.querySelectorAll('details.pop[open]')) if (other !== event.target) other.open = false;
}, true);
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details.pop[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});

function desk(next) {
  const [old, now] = [document, next].map(d => d.querySelector('[data-live="desk"]'));
  if (old.dataset.epoch === now.dataset.epoch) {
    // what is on the screen now has been seen
    const seen = old.querySelector('input[name=seen]');
    if (seen) seen.value = now.dataset.seen;
    return;
  }
  const [text, isWriting] = [composer()?.value ?? '', document.activeElement === composer()];
  swap('desk', next);
  const field = composer();
  if (field) {
    field.value = text;
    if (isWriting) field.focus();
  } else if (text) {
    const left = document.createElement('div');
    left.className = 'notice warn';
    left.append(Object.assign(document.createElement('p'), { textContent: '担当が替わりました。送っていない文章：' }), Object.assign(document.createElement('p'), { className: 'unsent-draft', textContent: text }));
    document.querySelector('[data-live="desk"]').prepend(left);
  }
  wire();
}

wire();
follow({
  concerns: event => event.subject === id || event.type.startsWith('case.') || event.type.startsWith('message.delivered'),
  changed: next => {
    if (!next.querySelector('.talk-page')) return location.reload();
    swap('head', next);
    swap('side', next);
    desk(next);
    if (!isOld) merge(next);
    clocks();
  },
});

// Who else is here. It hinders nobody; where the office does not know of it, the page is silent.
let state = 'viewing';
let presence = true;
let told = 0;
async function show(now = state) {
  if (!presence || (now === state && Date.now() - told < 9_000)) return;
  [state, told] = [now, Date.now()];
  const answer = await send(`/api/v1/conversations/${id}/presence`, 'PUT', { state }).catch(() => null);
  if (!answer?.ok) {
    presence = answer === null;
    return;
  }
  const { items } = await answer.json();
  const line = document.querySelector('[data-presence]');
  const words = items.map(p => `${p.name} さんが${p.state === 'typing' ? '入力中' : '閲覧中'}`).join('、');
  if (line.textContent !== words) line.textContent = words;
  line.hidden = words === '';
}
show();
setInterval(() => {
  state = 'viewing';
  show();
}, 10_000);
