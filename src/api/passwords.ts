import { hash, verify } from '@node-rs/argon2';
import { Turns } from './turns.js';

/**
 * Each takes 12 ms of a core and 19 MiB: two leave the rest of the machine to deliveries. At 6 ms each, the last
 * of 200 strangers waits a good second.
 */
const LIMITS = { atOnce: 2, mostWaiting: 200, mostOfOne: 50 };

/** Argon2id over the lower-case hex MD5 of a password, which is all that panels' clients send. */
export class Passwords {
  readonly #turns = new Turns(LIMITS);
  #decoy: Promise<string> | null = null;

  hash(md5: string): Promise<string> {
    return this.#turns.take(null, () => hash(md5));
  }

  /**
   * Runs `judge` when the turn of `origin` has come; null: of somebody known.
   * @throws Refusal `store-unavailable` when too many wait, and what `judge` throws
   */
  inTurn<T>(origin: string | null, judge: () => Promise<T>): Promise<T> {
    return this.#turns.take(origin, judge);
  }

  /**
   * Within a turn.
   * @param stored null for an unknown user, which takes as long as a wrong password
   */
  async matches(stored: string | null, md5: string): Promise<boolean> {
    return (await verify(stored ?? (await this.#decoyHash()), md5)) && stored !== null;
  }

  #decoyHash(): Promise<string> {
    this.#decoy ??= hash('nobody').catch((error: unknown) => {
      // One that failed would answer for every unknown name from then on.
      this.#decoy = null;
      throw error;
    });
    return this.#decoy;
  }
}
