document.documentElement.classList.add('js'); // before the first paint: what needs a script is shown only where there is one
