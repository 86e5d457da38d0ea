// Without this script every page works; with it, mistakes are read out first, a double click sends once, and nobody is signed out by surprise.

document.querySelector('.error-summary')?.focus();

// The menu of a narrow window.
const button = document.querySelector('.menu-button');
button?.addEventListener('click', () => {
  const open = button.getAttribute('aria-expanded') === 'true';
  button.setAttribute('aria-expanded', String(!open));
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape' || button?.getAttribute('aria-expanded') !== 'true') return;
  button.setAttribute('aria-expanded', 'false');
  button.focus();
});

for (const form of document.querySelectorAll('form[method=post]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
  });
}

// A page brought back by the Back button may be sent again.
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});

// A secret that is shown once.
for (const copy of document.querySelectorAll('button[data-copy]')) {
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent);
    copy.textContent = 'コピーしました';
  });
}

// 15 minutes without a deed end the session. Two minutes before, the page says so; one press extends it. A deed in any window of the console counts for all.
const idle = document.querySelector('.idle');
const limit = 15 * 60_000;
const warning = 2 * 60_000;
const deed = 'console-deed';
const note = () => localStorage.setItem(deed, String(Date.now()));
note();
for (const form of document.querySelectorAll('form')) form.addEventListener('submit', note);
setInterval(() => {
  const left = limit - (Date.now() - Number(localStorage.getItem(deed)));
  idle.hidden = left > warning;
  if (left <= 0) location.reload(); // leads to the sign-in and back here
}, 5_000);
idle.querySelector('button').addEventListener('click', async () => {
  const answer = await send('/console/stay', 'POST');
  if (answer.ok) note();
  else location.reload();
  idle.hidden = true;
  document.getElementById('main').focus();
});

/** A call of our own API by this page: with the page's token, so that it cannot have come from elsewhere. */
export function send(path, method = 'GET', body, headers = {}) {
  const token = document.querySelector('meta[name=csrf-token]').content;
  return fetch(path, {
    method,
    headers: { accept: 'application/json', ...(method === 'GET' ? {} : { 'x-csrf-token': token }), ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    body: body && JSON.stringify(body),
  });
}

// What somebody has written survives the end of a session: it stays in this tab until it has been sent. <textarea data-draft="some key">
for (const done of document.querySelectorAll('[data-draft-sent]')) sessionStorage.removeItem(`draft ${done.dataset.draftSent}`);
for (const text of document.querySelectorAll('textarea[data-draft]')) {
  const key = `draft ${text.dataset.draft}`;
  if (text.value === '') text.value = sessionStorage.getItem(key) ?? '';
  text.addEventListener('input', () => {
    sessionStorage.setItem(key, text.value);
    note();
  });
}
