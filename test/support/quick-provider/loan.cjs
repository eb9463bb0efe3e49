'use strict';

const { borrow, end, giveBack } = require('./pool.cjs');

/** The provider that one start has, from its first call that is about a resource. */
class Loan {
  #start;
  #borrowing;
  #provider;
  #isSound = true;
  #isOver = false;

  constructor(start) {
    this.#start = start;
  }

  get schemas() {
    return this.#start.schemas;
  }

  async provider(configuration) {
    this.#borrowing ??= borrow(this.#start, configuration);
    const provider = await this.#borrowing;
    if (this.#provider !== provider) void provider.exited.then(() => this.#provider === provider && this.onLost());
    this.#provider = provider;
    return provider;
  }

  /** One that was told the same, or nothing yet. */
  async providerFor(configuration) {
    const provider = await this.provider(configuration);
    if (provider.configuration === undefined || provider.configuration === configuration) return provider;
    this.#borrowing = undefined;
    this.#provider = undefined;
    giveBack(provider);
    return await this.provider(configuration);
  }

  /** Nobody gets it next. */
  spoil() {
    this.#isSound = false;
  }

  end(isClean) {
    if (this.#isOver) return;
    this.#isOver = true;
    const isFit = isClean && this.#isSound;
    this.#borrowing?.then(isFit ? giveBack : end, () => undefined);
  }
}

module.exports = { Loan };
