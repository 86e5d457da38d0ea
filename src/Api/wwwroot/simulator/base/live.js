// News from the local LINE. The stream says only *that* something changed; the page fetches what it is, so a lost or
// repeated line of the stream can never show a wrong screen.
import { BASE } from './api.js';

/**
 * @param {{screen: (news: {resident: string, seq: number, unread: number, loading: boolean}) => void,
 *          journal: (news: {seq: number}) => void, link: (up: boolean) => void}} hears
 */
export function listen(hears) {
  let wait = 500;

  function connect() {
    const source = new EventSource(`${BASE}/events`);
    source.onopen = () => {
      wait = 500;
      hears.link(true);
    };
    source.addEventListener('screen', event => hears.screen(JSON.parse(event.data)));
    source.addEventListener('journal', event => hears.journal(JSON.parse(event.data)));
    source.onerror = () => {
      hears.link(false);
      // The browser gives up for good on some failures (a 502 while the product restarts): connect anew ourselves.
      source.close();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 8000);
    };
  }

  connect();
}
