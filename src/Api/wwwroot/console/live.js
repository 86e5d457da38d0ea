// A page that follows what happens. It listens to the feed; where there is none, or a proxy holds it back, it asks every two seconds whether anything
// changed (ETag). What changed is taken from the page itself, loaded anew: the server draws everything once, with a script or without.

/** @param {{ concerns: (event: {type: string, subject: string}) => boolean, changed: (next: Document) => void }} page */
export function follow({ concerns, changed }) {
  const address = new URL(location.href);
  address.hash = '';
  const version = new URL(address);
  version.searchParams.set('handler', 'Version');
  let tag = null;
  let renewing = null;
  let again = false;

  async function renew() {
    if (renewing) {
      again = true;
      return renewing;
    }
    renewing = (async () => {
      do {
        again = false;
        const answer = await fetch(address, { headers: { accept: 'text/html' }, redirect: 'manual' });
        if (answer.type === 'opaqueredirect' || answer.status === 404) return location.reload(); // signed out, or no longer ours to see
        if (answer.ok) changed(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } while (again);
    })().catch(() => { /* no network for a moment: the next look finds it */ }).finally(() => { renewing = null; });
    return renewing;
  }

  async function look() {
    try {
      const answer = await fetch(version, { headers: tag ? { 'if-none-match': tag } : {}, cache: 'no-store', redirect: 'manual' });
      if (answer.status === 200) {
        tag = answer.headers.get('etag');
        await renew(); // also the first time: something may have happened since the page was drawn
      }
    } catch { /* as above */ }
  }

  let pace = 2_000;
  const tick = async () => {
    if (!document.hidden || pace > 2_000) await look();
    setTimeout(tick, pace);
  };
  tick();
  document.addEventListener('visibilitychange', () => { if (!document.hidden) look(); });

  const feed = new EventSource('/api/v1/events');
  feed.onopen = () => {
    pace = 15_000;
    look(); // what came before the feed was open
  };
  feed.onerror = () => { pace = 2_000; };
  const hear = event => {
    const news = event.data ? JSON.parse(event.data) : null;
    if (news === null ? event.type === 'resync' : concerns(news)) renew();
  };
  for (const type of ['resync', 'handoff.initiated', 'handoff.accepted', 'handoff.failed', 'handoff.completed', 'handoff.transferred', 'handoff.released', 'conversation.moved',
    'conversation.control', 'conversation.erased', 'message.received', 'message.sent', 'message.delivered', 'message.suppressed', 'message.unsent', 'case.opened', 'case.changed', 'case.moved',
    'alert.waiting-long', 'alert.reply-late', 'alert.unreachable', 'alert.reachable']) feed.addEventListener(type, hear);
  addEventListener('pagehide', () => feed.close());
  return { renew };
}

/** Takes a part of the page from its newer version; nothing moves when it is the same. */
export function swap(name, next) {
  const [old, fresh] = [document, next].map(d => d.querySelector(`[data-live="${name}"]`));
  if (!old || !fresh || steady(old) === steady(fresh)) return false;
  const focused = old.contains(document.activeElement) ? document.activeElement.id || document.activeElement.closest('[id]')?.id : null;
  old.replaceWith(document.adoptNode(fresh));
  if (focused) document.getElementById(focused)?.querySelector('a,button')?.focus();
  return true;
}

// the token of a form differs at every look
const steady = part => part.innerHTML.replace(/name="__RequestVerificationToken"[^>]*>/g, '') + part.getAttributeNames().map(n => part.getAttribute(n)).join();

/** Shows how long somebody has waited by now. */
export function clocks() {
  for (const time of document.querySelectorAll('time[data-since]')) {
    const minutes = Math.floor((Date.now() - Number(time.dataset.since)) / 60_000);
    const words = minutes < 1 ? '1分未満' : minutes < 60 ? `${minutes}分` : minutes < 1440 ? `${Math.floor(minutes / 60)}時間${minutes % 60}分` : `${Math.floor(minutes / 1440)}日${Math.floor(minutes % 1440 / 60)}時間`;
    if (time.textContent !== words) time.textContent = words;
  }
}
setInterval(clocks, 5_000);

/** The number of those who wait, in the menu and in the title of the tab. */
export function badge(waiting) {
  for (const mark of document.querySelectorAll('[data-badge="queue"]')) {
    mark.textContent = String(waiting);
    mark.hidden = waiting === 0;
  }
  document.title = (waiting > 0 ? `(${waiting}) ` : '') + document.title.replace(/^\(\d+\) /, '');
}
