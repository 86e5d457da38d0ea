// Words in a bubble: line breaks kept, addresses and phone numbers become links, LINE emoji and mentions are shown as what they are.
import { el } from '../base/dom.js';

const links = /(https?:\/\/[^\s<>"'、。）」』】]+|\b0\d{1,4}-\d{1,4}-\d{3,4}\b)/g;

/** Text as nodes, with links. */
export function linked(text) {
  return text.split(links).map((part, i) => {
    if (i % 2 === 0) return part;
    return part.startsWith('http')
      ? el('a', { href: part, target: '_blank', rel: 'noopener noreferrer', text: part })
      : el('a', { href: `tel:${part.replaceAll('-', '')}`, text: part });
  });
}

const emoji = () => el('img', { class: 'line-emoji', src: '/simulator/art/emoji.svg', alt: '（絵文字）', width: 20, height: 20 });

/** A `text` message; `emojis` stand at the UTF-16 positions of their `$`. */
export function textBubble(message) {
  const nodes = [];
  let from = 0;
  for (const { index } of [...(message.emojis ?? [])].sort((a, b) => a.index - b.index)) {
    nodes.push(...linked(message.text.slice(from, index)), emoji());
    from = index + 1;
  }
  nodes.push(...linked(message.text.slice(from)));
  return el('div', { class: 'bubble words' }, nodes);
}

/** A `textV2` message: `{key}` is replaced, `{{` and `}}` are braces. */
export function textV2Bubble(message) {
  const nodes = [];
  let words = '';
  for (const [token, key] of message.text.matchAll(/\{\{|\}\}|\{([0-9a-zA-Z_]+)\}|[^{}]+|[{}]/g)) {
    const substitute = key === undefined ? null : message.substitution?.[key];
    if (!substitute) {
      words += token === '{{' ? '{' : token === '}}' ? '}' : token;
      continue;
    }
    nodes.push(...linked(words), substitute.type === 'emoji' ? emoji() : el('b', { text: `@${substitute.mentionee?.type === 'all' ? 'All' : 'あなた'}` }));
    words = '';
  }
  nodes.push(...linked(words));
  return el('div', { class: 'bubble words' }, nodes);
}
