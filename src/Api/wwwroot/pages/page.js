// Without this script every page works; with it, mistakes are read out first and a double tap sends once.
document.querySelector('.error-summary')?.focus();

for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', event => {
    const button = form.querySelector('button[type=submit]');
    if (button.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      return;
    }
    button.setAttribute('aria-disabled', 'true');
    button.textContent = '送信しています…';
  });
}

// A page brought back by the Back button may be sent again.
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});

// A page that shows how things are renews itself while somebody looks, quietly: what is read out or focused stays where it is.
const live = document.querySelector('[data-refresh]');
if (live) {
  setInterval(async () => {
    if (document.hidden || live.contains(document.activeElement)) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      live.replaceChildren(...page.querySelector('[data-refresh]').childNodes);
    } catch {
      live.querySelector('.as-of')?.classList.add('stale'); // the office cannot be reached: what stands there is old
    }
  }, live.dataset.refresh * 1000);
}
