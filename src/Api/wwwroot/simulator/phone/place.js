// Sending a place. The presets lie around the harbour of みなと台市, which exists only here.
import { ask, field } from '../base/dialog.js';
import { el } from '../base/dom.js';

const presets = [
  { name: '市役所前', title: 'みなと台市役所', address: 'みなと台市中央1丁目1-1', latitude: 35.4437, longitude: 139.638 },
  { name: '駅前', title: 'みなと台駅前', address: 'みなと台市港町2丁目', latitude: 35.4412, longitude: 139.6421 },
  { name: '公園', title: '丘の上公園', address: 'みなと台市緑が丘3丁目', latitude: 35.4489, longitude: 139.6334 },
  { name: '市外', title: '市の外', address: 'となりまち市1丁目', latitude: 35.61, longitude: 139.73 },
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
