// Sending a place. The presets are points of packs/bulky-waste/addresses.csv, in みなと台市, which exists only here; the last lies outside on purpose.
import { ask, field } from '../base/dialog.js';
import { el } from '../base/dom.js';

const presets = [
  { name: 'みなと町', title: 'みなと町の交差点', address: 'みなと台市みなと町一丁目1-1', latitude: 35.1, longitude: 139.2 },
  { name: '駅前', title: 'みなと台駅', address: 'みなと台市駅前一丁目2-3', latitude: 35.0985, longitude: 139.195 },
  { name: '浜辺', title: '浜辺の公園', address: 'みなと台市浜辺一丁目4-5', latitude: 35.09, longitude: 139.198 },
  { name: '市の外', title: 'となり町の広場', address: 'となり町1-1', latitude: 35.6, longitude: 139.7 },
];

/** @returns {Promise<{type: 'location', title?: string, address?: string, latitude: number, longitude: number}|null>} */
export function askPlace() {
  return ask('位置情報を送る', close => {
    const title = el('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
    const address = el('input', { type: 'text', maxlength: '100', autocomplete: 'off' });
    const latitude = el('input', { type: 'number', step: 'any', min: '-90', max: '90', required: true });
    const longitude = el('input', { type: 'number', step: 'any', min: '-180', max: '180', required: true });
    const use = preset => {
      title.value = preset.title;
      address.value = preset.address;
      latitude.value = preset.latitude;
      longitude.value = preset.longitude;
    };
    use(presets[0]);
    const choices = presets.map((preset, i) => el('label', { class: 'pill' },
      el('input', { type: 'radio', name: 'preset', checked: i === 0, on: { change: () => use(preset) } }), el('span', { text: preset.name })));
    const submit = event => {
      event.preventDefault();
      close({ type: 'location', ...words('title', title), ...words('address', address), latitude: Number(latitude.value), longitude: Number(longitude.value) });
    };
    return [el('form', { class: 'dialog-form', on: { submit } },
      el('fieldset', { class: 'pills' }, el('legend', { text: '場所' }), choices),
      field('名前', title), field('住所', address),
      el('div', { class: 'two' }, field('緯度', latitude), field('経度', longitude)),
      el('div', { class: 'dialog-foot' },
        el('button', { type: 'button', class: 'button', text: 'やめる', on: { click: () => close(null) } }),
        el('button', { type: 'submit', class: 'button primary', text: 'この場所を送る' })))];
  });
}

const words = (name, input) => (input.value.trim() === '' ? {} : { [name]: input.value.trim() });
