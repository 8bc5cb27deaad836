import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { Refusal } from '../domain/errors.js';
import type { NodeStore } from '../store/store.js';

const MOST_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;
/** Pairs remembered here as kept out; the store remembers all. */
const MOST_REMEMBERED = 20_000;

/**
 * Failed log-ins by pair of address and account: the owner still gets in from elsewhere. They are counted in
 * the store, for all nodes together; who is kept out is remembered here too, so that a flood costs no query.
 */
export class FailedLogins {
  readonly #store: Pick<NodeStore, 'failedLogins' | 'loginFailed'>;
  /** Until when, by the monotonic clock. */
  readonly #blocked = new Map<string, number>();
  readonly #now: () => number;

  /** @param now ms, monotonic */
  constructor(store: Pick<NodeStore, 'failedLogins' | 'loginFailed'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * By what this node knows.
   * @throws Refusal `too-many-attempts` with the seconds until the pair may try again
   */
  refuseBlocked(address: string, account: string): void {
    this.#refuse(pairOf(address, account));
  }

  /** By what all nodes know. @throws Refusal, StoreUnavailable */
  async refuseCounted(address: string, account: string): Promise<void> {
    const pair = pairOf(address, account);
    this.#refuse(pair);
    this.#learn(pair, await this.#store.failedLogins(pair));
    this.#refuse(pair);
  }

  /** One more failed. */
  async add(address: string, account: string): Promise<void> {
    const pair = pairOf(address, account);
    this.#learn(pair, await this.#store.loginFailed(pair));
  }

  #refuse(pair: string): void {
    const until = this.#blocked.get(pair);
    if (until === undefined) return;
    const leftMs = until - this.#now();
    if (leftMs > 0) throw new Refusal('too-many-attempts', '', { retryAfter: Math.ceil(leftMs / 1000) });
    this.#blocked.delete(pair);
  }

  #learn(pair: string, [oldest = 0, ...rest]: number[]): void {
    if (1 + rest.length < MOST_FAILURES) return;
    this.#blocked.delete(pair);
    this.#blocked.set(pair, this.#now() + WINDOW_MS - oldest);
    const [first] = this.#blocked.size > MOST_REMEMBERED ? this.#blocked.keys() : [];
    if (first !== undefined) this.#blocked.delete(first);
  }
}

/** A hash, since the account is whatever a stranger sent. */
function pairOf(address: string, account: string): string {
  return createHash('sha256')
    .update(`${network(address)} ${account}`)
    .digest('base64');
}

/** One IPv6 subscriber has a /64 of addresses: they count as one. */
function network(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
