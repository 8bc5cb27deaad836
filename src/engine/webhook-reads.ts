import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import type { Directory } from './directory.js';

/** Between two readings of a change that could not be read when it was made. */
const UNREAD_MS = 500;

export interface WebhookReadsParts {
  directory: Directory;
  clock: Clock;
  log: Logger;
  /** All that was committed when the reading began is known. */
  onRead: () => void;
}

/** Reads changes of webhooks, and knows whether one is committed that is not known here. */
export class WebhookReads {
  readonly #parts: WebhookReadsParts;
  #isBehind = false;
  #again: Timer | null = null;
  #stopped = false;

  constructor(parts: WebhookReadsParts) {
    this.#parts = parts;
  }

  /** A change was committed here and could not be read: attempts would go by what was before it. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** After a change here. It is committed, so that a failure is ours to mend, and none of the caller's. */
  async changed(): Promise<void> {
    try {
      await this.#parts.directory.refresh();
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'webhooks could not be read: no attempt begins until they are');
      this.#isBehind = true;
      this.#soonAgain();
    }
  }

  soon(): void {
    const { directory, log, onRead } = this.#parts;
    directory.refresh().then(
      () => {
        this.#isBehind = false;
        onRead();
      },
      (error: unknown) => {
        if (!this.#stopped) log.warn({ err: error }, 'webhooks could not be read');
      },
    );
  }

  stop(): void {
    this.#stopped = true;
    this.#again?.cancel();
  }

  #soonAgain(): void {
    if (this.#stopped) return;
    this.#again?.cancel();
    this.#again = this.#parts.clock.schedule(UNREAD_MS, () => {
      if (!this.#isBehind) return;
      this.soon();
      this.#soonAgain();
    });
  }
}
