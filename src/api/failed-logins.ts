import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { Refusal } from '../domain/errors.js';

const MOST_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

/**
 * Pairs kept of each kind. Who wants to have one forgotten by making others must fail 20,000 times, each an
 * Argon2id of 12 ms, two at once: two minutes for a pair that counts, and ten times that for a blocked one.
 */
const MOST_PAIRS = 20_000;

/** Failed log-ins by pair of address and account: the owner still gets in from elsewhere. */
export class FailedLogins {
  readonly #counting = new Map<string, number[]>();
  readonly #blocked = new Map<string, number[]>();
  readonly #now: () => number;

  /** @param now ms, monotonic */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws Refusal `too-many-attempts` with the seconds until the pair may try again */
  refuseBlocked(address: string, account: string): void {
    const pair = pairOf(address, account);
    const failures = this.#blocked.get(pair);
    if (!failures) return;
    const now = this.#now();
    const until = (failures[0] ?? now) + WINDOW_MS;
    if (until > now) {
      throw new Refusal('too-many-attempts', '', { retryAfter: Math.ceil((until - now) / 1000) });
    }
    this.#blocked.delete(pair);
    keep(this.#counting, pair, failures);
  }

  add(address: string, account: string): void {
    const pair = pairOf(address, account);
    const now = this.#now();
    const earlier = this.#blocked.get(pair) ?? this.#counting.get(pair) ?? [];
    const failures = [...earlier.filter((at) => at > now - WINDOW_MS), now].slice(-MOST_FAILURES);
    this.#counting.delete(pair);
    keep(failures.length >= MOST_FAILURES ? this.#blocked : this.#counting, pair, failures);
  }
}

function keep(pairs: Map<string, number[]>, pair: string, failures: number[]): void {
  pairs.delete(pair);
  pairs.set(pair, failures);
  const oldest = pairs.size > MOST_PAIRS ? pairs.keys().next() : null;
  if (oldest && !oldest.done) pairs.delete(oldest.value);
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
