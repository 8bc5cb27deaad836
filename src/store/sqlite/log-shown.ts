import { type LogMark, type LogStep, withStep } from '../../domain/log-mark.js';

/** What accounts were shown and what is not yet written of it: a list must not wait for a write. */
export class Shown {
  readonly #marks = new Map<string, LogMark>();

  /** @param written of the account: what says nothing new, as most polls do not, is no reason to write */
  add(account: string, step: LogStep, written: LogMark): void {
    if (withStep(written, step) === written) return;
    this.#marks.set(account, withStep(this.#marks.get(account) ?? [], step));
  }

  get size(): number {
    return this.#marks.size;
  }

  entries(): [account: string, mark: LogMark][] {
    return [...this.#marks];
  }

  /** After it was written. Nothing may have been added since. */
  forget(accounts: readonly string[]): void {
    for (const account of accounts) this.#marks.delete(account);
  }
}
