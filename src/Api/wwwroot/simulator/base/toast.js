// A sentence at the foot of the page that leaves by itself. For things that went wrong or happened out of sight.
import { el } from './dom.js';

export function toast(text, tone = 'plain') {
  const note = el('p', { class: `toast ${tone}`, text });
  document.querySelector('.toasts').append(note);
  // Long sentences stay longer: about a second for eight characters, at least four.
  setTimeout(() => note.remove(), Math.max(4000, text.length * 125));
}

/** Runs something that may be refused; says so kindly and returns false if it was. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(error.message, 'bad');
    return false;
  }
}
