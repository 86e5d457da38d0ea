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
