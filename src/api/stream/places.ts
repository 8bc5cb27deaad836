import { Refusal } from '../../domain/errors.js';

const BUSY_RETRY_AFTER_S = 10;

/** The places of the stream's clients; one credential cannot hold all of them. */
export class StreamPlaces {
  readonly #most: number;
  readonly #mostOfCredential: number;
  readonly #taken = new Map<string, number>();
  #all = 0;

  constructor(most: number, mostOfCredential: number) {
    this.#most = most;
    this.#mostOfCredential = mostOfCredential;
  }

  /**
   * @param credential of a user or a key
   * @returns gives the place back; twice is fine
   * @throws Refusal `too-many-streams`, `too-many-own-streams`
   */
  take(credential: string): () => void {
    const own = this.#taken.get(credential) ?? 0;
    if (own >= this.#mostOfCredential) throw refusal('too-many-own-streams');
    if (this.#all >= this.#most) throw refusal('too-many-streams');
    this.#taken.set(credential, own + 1);
    this.#all++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#all--;
      const left = (this.#taken.get(credential) ?? 1) - 1;
      if (left === 0) this.#taken.delete(credential);
      else this.#taken.set(credential, left);
    };
  }
}

function refusal(code: 'too-many-streams' | 'too-many-own-streams'): Refusal {
  return new Refusal(code, '', { retryAfter: BUSY_RETRY_AFTER_S });
}
