// Photos: from the device, or a drawn one so that nobody has to look for a picture to try the office.
import { ask } from '../base/dialog.js';
import { el } from '../base/dom.js';
import { icon } from '../base/icons.js';

/**
 * @param {boolean} camera true when the office asked for the camera
 * @returns {Promise<File[]|null>}
 */
export function askPhoto(camera) {
  return ask(camera ? '写真を撮る' : '写真を選ぶ', close => {
    const sample = drawSofa(el('canvas', { width: 960, height: 720, role: 'img', 'aria-label': '見本の写真：道ばたに置かれた古いソファ' }));
    const chosen = el('input', { type: 'file', accept: 'image/*', multiple: !camera, capture: camera ? 'environment' : null, class: 'sr', tabindex: '-1', 'aria-label': '写真のファイル', on: { change: () => chosen.files.length > 0 && close([...chosen.files]) } });
    return [el('div', { class: 'dialog-form' },
      el('figure', { class: 'sample' }, sample, el('figcaption', { text: '見本の写真' })),
      chosen,
      el('div', { class: 'dialog-foot' },
        el('button', { type: 'button', class: 'button', on: { click: () => chosen.click() } }, icon(camera ? 'camera' : 'photo', 18), camera ? 'カメラ・ファイル' : '端末から選ぶ'),
        el('button', { type: 'button', class: 'button primary', text: '見本を送る', on: { click: async () => close([await asFile(sample)]) } })))];
  });
}

const asFile = canvas => new Promise(resolve => canvas.toBlob(blob => resolve(new File([blob], 'sofa.jpg', { type: 'image/jpeg' })), 'image/jpeg', 0.86));

/** An old sofa at the kerb, in a few shapes. */
function drawSofa(canvas) {
  const pen = canvas.getContext('2d');
  const shape = (colour, x, y, w, h, r = 0) => {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.roundRect(x, y, w, h, r);
    pen.fill();
  };
  const sky = pen.createLinearGradient(0, 0, 0, 420);
  sky.addColorStop(0, '#dfe9ee');
  sky.addColorStop(1, '#f3efe6');
  shape(sky, 0, 0, 960, 720);
  shape('#d8d2c4', 0, 120, 960, 330);
  pen.fillStyle = '#cbc4b4';
  for (let y = 0; y < 6; y++) for (let x = 0; x < 9; x++) pen.fillRect(x * 120 - (y % 2) * 60, 120 + y * 55, 116, 2);
  shape('#b9b4aa', 0, 450, 960, 40);
  shape('#8d9094', 0, 490, 960, 230);
  shape('#f2f2ef', 0, 610, 960, 12);
  shape('rgba(40,44,48,.25)', 170, 530, 640, 46, 23);
  shape('#5f4632', 235, 500, 26, 56, 4);
  shape('#5f4632', 700, 500, 26, 56, 4);
  shape('#7f8f6d', 210, 240, 540, 200, 36);
  shape('#8fa07b', 236, 262, 240, 160, 26);
  shape('#8fa07b', 484, 262, 240, 160, 26);
  shape('#74845f', 190, 400, 580, 116, 26);
  shape('#9aab86', 232, 384, 248, 72, 22);
  shape('#9aab86', 482, 384, 248, 72, 22);
  shape('#6c7b58', 160, 330, 92, 190, 34);
  shape('#6c7b58', 708, 330, 92, 190, 34);
  shape('#fffdf4', 560, 410, 110, 66, 6);
  pen.fillStyle = '#5a5a52';
  pen.font = '700 26px "Noto Sans CJK JP", "Hiragino Sans", sans-serif';
  pen.fillText('粗大ごみ', 563, 452);
  return canvas;
}
