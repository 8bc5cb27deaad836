import type { Writable } from 'node:stream';

/** What waits for a client that reads slowly; what comes besides is dropped, and the client is told. */
const MOST_WAITING = 256;
const MOST_WAITING_BYTES = 256 * 1024;

/**
 * One reader of the stream. Writing never waits: while its connection takes no more, messages wait here, bounded,
 * and then are counted.
 */
export class StreamClient {
  readonly #to: Writable;
  #waiting: string[] = [];
  #bytes = 0;
  #dropped = 0;
  #full = false;

  /** @param droppedText a message that says how many were dropped */
  constructor(to: Writable, droppedText: (count: number) => string) {
    this.#to = to;
    to.on('drain', () => {
      this.#full = false;
      const waiting = this.#waiting;
      const dropped = this.#dropped;
      this.#waiting = [];
      this.#bytes = 0;
      this.#dropped = 0;
      for (const text of waiting) this.write(text);
      if (dropped === 0) return;
      if (this.#full) this.#waiting.push(droppedText(dropped));
      else this.write(droppedText(dropped));
    });
  }

  /** It has not taken what was written before. */
  get stuck(): boolean {
    return this.#full;
  }

  write(text: string): void {
    if (this.#to.destroyed || this.#to.writableEnded) return;
    if (!this.#full) {
      this.#full = !this.#to.write(text);
      return;
    }
    // Once one is dropped so are all behind it: what is told stays in order, with one gap.
    const fits = this.#waiting.length < MOST_WAITING && this.#bytes + text.length <= MOST_WAITING_BYTES;
    if (this.#dropped > 0 || !fits) {
      this.#dropped++;
      return;
    }
    this.#waiting.push(text);
    this.#bytes += text.length;
  }

  /** A comment, which says that the connection lives; none while it is stuck. */
  beat(): void {
    if (!this.#full) this.write(': \n\n');
  }

  end(): void {
    if (this.#full) this.#to.destroy();
    else this.#to.end();
  }

  destroy(): void {
    this.#to.destroy();
  }
}
