// What LINE would have let pass although it is wrong, in words an officer understands. Equal ones are counted, not repeated.
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';

const words = {
  'push-while-reply-token-fresh': '返信トークンがまだ使えるのに、プッシュで送りました',
  'reply-token-reused': '使い終わった返信トークンで、もう一度返信しようとしました',
  'retry-key-other-content': '同じ再送キーで、ちがう内容を送りました',
  'retry-without-key': '再送キーを付けずに、送り直しました',
  'same-text-twice': '同じ文を1分以内に2回送りました',
  'sent-to-blocked': 'ブロックした住民に送りました（届きません）',
  'standby-answered': '待機中のトークに返信しました',
  'unknown-property': 'LINE にない項目が入っています',
};

/** @param {{code: string, detail: string}[]} items */
export function findingsView(items) {
  if (items.length === 0) return el('p', { class: 'hint', text: 'LINE から見て、おかしな振る舞いはありません。' });
  const groups = Map.groupBy ? Map.groupBy(items, item => item.code) : items.reduce((map, item) => map.set(item.code, [...(map.get(item.code) ?? []), item]), new Map());
  return el('details', { open: groups.size < 4 },
    el('summary', {}, icon('warn', 16), `${items.length}件`),
    el('ul', {}, [...groups].map(([code, same]) => el('li', {},
      el('b', { text: `${words[code] ?? code}${same.length > 1 ? `（${same.length}回）` : ''}` }),
      el('span', { text: same.at(-1).detail })))));
}
