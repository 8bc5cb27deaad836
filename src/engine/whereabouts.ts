import { parseAddress } from './addresses.js';
import { AddressNotAllowed, type Egress } from './egress.js';
import { ANSWER_KEPT_MS } from './lookup.js';

/** ms between two looks; the resolver keeps an answer for longer, so that a look is seldom a question. */
const LOOK_EVERY_MS = 1_000;

/**
 * The addresses of a receiver's name, as far as they are known, for its connections to go by: with keep-alive and
 * steady traffic nobody would ever ask again. A look takes no time from anybody: what it finds counts for those who
 * come later. A name that is not resolved may still lead to where it led; one whose addresses are all forbidden does
 * not.
 */
export class Whereabouts {
  readonly #egress: Egress;
  /** null: the URL has an address. */
  readonly #name: string | null;
  readonly #moved: () => void;
  /** null: not known yet. */
  #addresses: Set<string> | null = null;
  #nextLook = 0;

  /** `moved` is called when an answer may have left an address out. */
  constructor(egress: Egress, hostname: string, moved: () => void) {
    this.#egress = egress;
    this.#name = parseAddress(hostname) ? null : hostname;
    this.#moved = moved;
  }

  /** @param now by the monotonic clock */
  look(now: number): void {
    if (this.#name === null || now < this.#nextLook) return;
    this.#nextLook = now + LOOK_EVERY_MS;
    this.#egress.resolve(this.#name).then(
      (addresses) => this.#found(addresses),
      (error: unknown) => {
        if (error instanceof AddressNotAllowed) this.#found([]);
        // The resolver would ask again after 2 s.
        else this.#nextLook = now + ANSWER_KEPT_MS;
      },
    );
  }

  /**
   * A connection came about: its address is the newest answer's, which may have come since the last look.
   * @returns the address in the spelling by which it is compared
   */
  reached(address: string): string {
    const one = canonical(address);
    this.#addresses?.add(one);
    return one;
  }

  /** @param address as `reached` returned it; null: none yet */
  includes(address: string | null): boolean {
    return this.#addresses === null || address === null || this.#addresses.has(address);
  }

  #found(addresses: readonly string[]): void {
    const before = this.#addresses;
    this.#addresses = new Set(addresses.map(canonical));
    if (before === null || [...before].some((one) => !this.#addresses?.has(one))) this.#moved();
  }
}

/** One spelling for one address. */
function canonical(address: string): string {
  return parseAddress(address)?.toString() ?? address;
}
