import { badge, clocks, follow, swap } from '/console/live.js';

const waitingOf = page => Number(page.querySelector('[data-live="list"]').dataset.waiting);
const idsOf = page => new Set([...page.querySelectorAll('.talk')].map(t => t.id));
badge(waitingOf(document));

// Two short tones, only when somebody wants to hear them: browsers ask for a press first.
const sound = document.querySelector('[data-sound]');
let audio = null;
const isOn = () => localStorage.getItem('console-sound') === 'on';
const show = () => {
  sound.setAttribute('aria-pressed', String(isOn()));
  sound.textContent = isOn() ? '呼び出し音：オン' : '呼び出し音：オフ';
};
show();
sound.addEventListener('click', () => {
  localStorage.setItem('console-sound', isOn() ? 'off' : 'on');
  show();
  if (isOn()) ring();
});
function ring() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') audio.resume();
  for (const [at, pitch] of [[0, 880], [0.18, 1175]]) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()];
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.12, audio.currentTime + at);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.16);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + at);
    tone.stop(audio.currentTime + at + 0.17);
  }
}

const heard = document.createElement('p');
heard.className = 'visually-hidden';
heard.setAttribute('role', 'status');
document.getElementById('main').append(heard);

follow({
  concerns: () => true,
  changed: next => {
    const [before, after] = [waitingOf(document), waitingOf(next)];
    const known = idsOf(document);
    swap('tabs', next);
    swap('list', next);
    for (const talk of document.querySelectorAll('.talk')) talk.classList.toggle('fresh', !known.has(talk.id));
    badge(after);
    clocks();
    if (after <= before) return;
    heard.textContent = `新しい住民が待っています。待ち ${after} 人`;
    if (isOn()) ring();
  },
});
