// How long, how many taps and how many characters from the first touch to the receipt: the number the project publishes.
const store = id => `simulator.stopwatch.${id}`;
const zero = () => ({ started: null, ended: null, taps: 0, typed: 0, from: null });

/** What tells a receipt from every other message. */
const receipt = message => /受付(番号|完了)/.test(JSON.stringify(message));

export class Stopwatch {
  #state;
  #last = 0;
  changed = () => {};

  constructor(id) {
    this.key = store(id);
    try {
      this.#state = { ...zero(), ...JSON.parse(sessionStorage.getItem(this.key)) };
    } catch {
      this.#state = zero();
    }
  }

  get running() { return this.#state.started !== null && this.#state.ended === null; }
  get done() { return this.#state.ended !== null; }
  get taps() { return this.#state.taps; }
  get typed() { return this.#state.typed; }
  get seconds() {
    const { started, ended } = this.#state;
    return started === null ? 0 : ((ended ?? Date.now()) - started) / 1000;
  }

  /** The first touch starts the clock. */
  begin() {
    if (this.#state.started === null) this.#change({ started: Date.now(), from: this.#last });
  }

  tap() {
    this.begin();
    if (!this.done) this.#change({ taps: this.taps + 1 });
  }

  type(characters) {
    this.begin();
    if (!this.done) this.#change({ typed: this.typed + characters });
  }

  /** Looks for the receipt among what came after the start. */
  watch(messages) {
    this.#last = messages.at(-1)?.seq ?? 0;
    const found = this.running && messages.find(entry => entry.from === 'bot' && entry.seq > this.#state.from && receipt(entry.message));
    if (found) this.#change({ ended: Date.now() });
  }

  reset() {
    this.#state = zero();
    this.#change({});
  }

  #change(part) {
    this.#state = { ...this.#state, ...part };
    sessionStorage.setItem(this.key, JSON.stringify(this.#state));
    this.changed();
  }
}
