// The simulator: a table of phones in front of the local LINE.
import { listen } from './base/live.js';
import { toast } from './base/toast.js';
import { Board } from './board/board.js';

const board = new Board(document.querySelector('.board'), document.querySelector('.bar-people'));
const link = document.querySelector('.bar-link');
document.querySelector('[data-do="add"]').addEventListener('click', () => board.add());

let started = false;

async function start() {
  try {
    await board.start();
    started = true;
  } catch (error) {
    toast(error.message, 'bad');
  }
}

await start();

listen({
  screen: news => board.screenChanged(news),
  journal: () => board.journalGrew(),
  link: up => {
    link.textContent = up ? '' : '接続が切れました。つなぎ直しています…';
    if (up) started ? board.catchUp() : start();
  },
});
