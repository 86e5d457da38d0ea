// Modal windows on the browser's own <dialog>: focus is kept inside, Escape leaves, focus returns where it was.
import { el, freshId } from './dom.js';
import { icon } from './icons.js';

/**
 * Asks something.
 * @param {string} title
 * @param {(close: (value: any) => void) => Node[]} body builds the content; calls `close` with the answer.
 * @returns {Promise<any>} the answer, or null when the person left.
 */
export function ask(title, body) {
  return new Promise(resolve => {
    const id = freshId('title');
    let answer = null;
    const close = value => {
      answer = value;
      dialog.close();
    };
    const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': id, on: { close: () => { dialog.remove(); resolve(answer); } } },
      el('div', { class: 'dialog-head' },
        el('h2', { id, text: title }),
        el('button', { type: 'button', class: 'icon-button', 'aria-label': '閉じる', on: { click: () => close(null) } }, icon('close'))),
      ...body(close));
    dialog.addEventListener('click', event => { if (event.target === dialog) close(null); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A labelled field: label, hint, control. */
export function field(label, control, hint) {
  control.id ||= freshId('field');
  const hintId = hint ? freshId('hint') : null;
  if (hintId) control.setAttribute('aria-describedby', hintId);
  return el('div', { class: 'field' },
    el('label', { for: control.id, text: label }),
    hint && el('p', { class: 'hint', id: hintId, text: hint }),
    control);
}
