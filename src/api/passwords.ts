import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../domain/errors.js';

/** Each takes 12 ms of a core and 19 MiB: two leave the rest of the machine to deliveries. */
const AT_ONCE = 2;
/** Waiting for their turn; at 6 ms each the last waits a good second. */
const MOST_WAITING = 200;

/** Argon2id over the lower-case hex MD5 of a password, which is all that panels' clients send. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  #decoy: Promise<string> | null = null;

  hash(md5: string): Promise<string> {
    return this.#inTurn(() => hash(md5));
  }

  /**
   * @param stored null for an unknown user, which takes as long as a wrong password
   * @param turn called when the turn has come, and before it ends; what they reject with is thrown
   */
  async verify(
    stored: string | null,
    md5: string,
    turn: { before: () => Promise<void>; wrong: () => Promise<void> },
  ): Promise<boolean> {
    if (stored === null) this.#decoy ??= this.#inTurn(() => hash('nobody'));
    const against = stored ?? (await this.#decoy) ?? '';
    return this.#inTurn(async () => {
      await turn.before();
      const matches = (await verify(against, md5)) && stored !== null;
      if (!matches) await turn.wrong();
      return matches;
    });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= AT_ONCE) {
      if (this.#waiting.length >= MOST_WAITING) throw new Refusal('store-unavailable', '', { retryAfter: 1 });
      // The one that ends hands its turn over: `#running` stays as it is.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    } else {
      this.#running++;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
