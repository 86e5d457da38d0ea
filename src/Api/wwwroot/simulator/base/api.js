// The control door of the local LINE: what a hand on a phone can do, as calls. Nothing here is part of LINE's own API.

export const BASE = '/simulator/api';

/** A refused call; `message` is fit to be shown. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    });
  } catch {
    throw new Refused(0, 'サーバーにつながりません。起動しているか確かめてください。');
  }
  const text = await response.text();
  if (!response.ok) throw new Refused(response.status, explain(response.status, text));
  return text === '' ? null : JSON.parse(text);
}

function explain(status, text) {
  try {
    const problem = JSON.parse(text);
    const said = problem.detail ?? problem.title ?? problem.message;
    if (said) return `${said}（${status}）`;
  } catch { /* not JSON: the status says enough */ }
  return `受け付けられませんでした（${status}）。`;
}

const of = id => `/residents/${encodeURIComponent(id)}`;

export const api = {
  state: () => call('GET', '/state'),
  addResident: wish => call('POST', '/residents', wish),
  screen: id => call('GET', `${of(id)}/screen`),
  open: id => call('POST', `${of(id)}/open`),
  close: id => call('POST', `${of(id)}/close`),
  say: (id, message) => call('POST', `${of(id)}/messages`, message),
  /** @param {'image'|'file'} kind pictures arrive together, files one by one */
  sendFiles: (id, kind, files) => {
    const form = new FormData();
    for (const file of files) form.append(kind, file, file.name);
    return call('POST', `${of(id)}/messages`, form);
  },
  tap: (id, action, params) => call('POST', `${of(id)}/taps`, params ? { action, params } : { action }),
  unsend: (id, messageId) => call('POST', `${of(id)}/unsend`, { messageId }),
  block: id => call('POST', `${of(id)}/block`),
  unblock: id => call('POST', `${of(id)}/unblock`),
  resend: id => call('POST', `${of(id)}/resend`),
  expireNextToken: (id, seconds) => call('POST', `${of(id)}/expire-next-token`, { seconds }),
  journal: (id, after, limit) => call('GET', `/journal?resident=${encodeURIComponent(id)}&after=${after}&limit=${limit}`),
  findings: () => call('GET', '/findings'),
};

/** Where the picture that a resident sent can be seen. */
export const contentUrl = messageId => `${BASE}/content/${encodeURIComponent(messageId)}`;
