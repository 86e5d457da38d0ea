// Line icons, 24 × 24, drawn for this page. Decorative: the button around them carries the name.
import { svg } from './dom.js';

const paths = {
  plus: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4.5 12L20 4.5 15 20l-3.4-6.2L4.5 12zM11.6 13.8L20 4.5',
  smile: 'M12 21a9 9 0 100-18 9 9 0 000 18zM8.5 14.2a4.2 4.2 0 007 0M9 9.6v.6M15 9.6v.6',
  code: 'M8.5 7.5L4 12l4.5 4.5M15.5 7.5L20 12l-4.5 4.5',
  photo: 'M4 6.5A1.5 1.5 0 015.5 5h13A1.5 1.5 0 0120 6.5v11a1.5 1.5 0 01-1.5 1.5h-13A1.5 1.5 0 014 17.5zM4.5 16l4.6-4.4 3.6 3.4 2.5-2.2 4.3 3.9M15.6 9.2v.1',
  camera: 'M4 8.5A1.5 1.5 0 015.5 7H8l1.4-2h5.2L16 7h2.5A1.5 1.5 0 0120 8.5v9a1.5 1.5 0 01-1.5 1.5h-13A1.5 1.5 0 014 17.5zM12 16.2a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4z',
  place: 'M12 21s6.5-5.6 6.5-11a6.5 6.5 0 10-13 0c0 5.4 6.5 11 6.5 11zM12 12.3a2.3 2.3 0 100-4.6 2.3 2.3 0 000 4.6z',
  file: 'M7 3.5h7l4 4v13H7zM14 3.5v4h4',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  up: 'M6 14.5l6-6 6 6',
  down: 'M6 9.5l6 6 6-6',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  play: 'M9 6.5v11l9-5.5z',
  sound: 'M5 10v4h3l4 3.5v-11L8 10zM15.5 9.5a4 4 0 010 5M18 7a7.5 7.5 0 010 10',
  check: 'M5.5 12.5l4 4 9-9',
  warn: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.1',
  calendar: 'M5 6.5h14v13H5zM5 10.5h14M9 4v4M15 4v4',
};

/** @param {keyof typeof paths} name */
export const icon = (name, size = 22) =>
  svg('svg', { class: 'icon', viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', focusable: 'false' }, svg('path', { d: paths[name] }));
