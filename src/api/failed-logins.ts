import { createHash } from 'node:crypto';
import { Refusal } from '../domain/errors.js';
import type { LoginForm } from '../domain/login.js';
import { BlockList } from './block-list.js';
import { FailureCounts, type FailureCountsParts } from './failure-counts.js';
import { networkOf } from './network.js';

const MOST_OF_PAIR = 10;
const MOST_OF_ADDRESS = 100;
const WINDOW_MS = 15 * 60_000;
/** A blocked address gets one log-in judged in this time: behind one address there may be an owner, too. */
const TRIAL_EVERY_MS = 10_000;
/** Code units of a name: accounts have 64 characters at most, so that longer names may be counted together. */
const NAME_UNITS = 2 * 64 + 1;

/** Under what a log-in counts when it fails. */
export interface Counts {
  /** Address and account. */
  pair: string;
  /** Address, over all accounts. */
  address: string;
}

export function countsOf(address: string, account: string, form: LoginForm): Counts {
  const from = `${form} ${networkOf(address)}`;
  return { pair: hashed(`${from} ${account.slice(0, NAME_UNITS)}`), address: hashed(from) };
}

/**
 * Failed log-ins by pair of address and account, so that the owner still gets in from elsewhere, and by address
 * over all accounts. They are counted in the store, for all nodes together; who is kept out is remembered here
 * too, so that a flood costs no query.
 */
export class FailedLogins {
  readonly #counts: FailureCounts;
  readonly #pairs: BlockList;
  readonly #addresses: BlockList;

  constructor(parts: FailureCountsParts) {
    const now = () => parts.clock.monotonic();
    this.#counts = new FailureCounts(parts);
    this.#pairs = new BlockList(Number.POSITIVE_INFINITY, now);
    this.#addresses = new BlockList(TRIAL_EVERY_MS, now);
  }

  /**
   * By what this node knows.
   * @throws Refusal `too-many-attempts` with the seconds until another log-in may be judged
   */
  refuseBlocked({ pair, address }: Counts): void {
    refuse(this.#pairs.leftMs(pair));
    refuse(this.#addresses.leftMs(address));
  }

  /**
   * As `refuseBlocked`, but for a log-in that is the trial of a blocked address.
   * @returns whether this is one
   */
  enter(counts: Counts): boolean {
    refuse(this.#pairs.leftMs(counts.pair));
    if (this.#addresses.tryNow(counts.address)) return true;
    this.refuseBlocked(counts);
    return false;
  }

  /** By what all nodes know. @throws Refusal `too-many-attempts`, StoreUnavailable */
  async refuseCounted({ pair, address }: Counts, { trial }: { trial: boolean }): Promise<void> {
    const [ofPair, ofAddress] = await this.#counts.ages(limitsOf({ pair, address }));
    this.#learn({ pair, address }, ofPair, ofAddress);
    refuse(this.#pairs.leftMs(pair));
    if (!trial) refuse(this.#addresses.leftMs(address));
  }

  /** @param cheap such as could not be right, and cost nobody an Argon2id */
  add(counts: Counts, { cheap }: { cheap: boolean }): void {
    this.#counts.add([counts.pair, counts.address], { cheap });
    const [ofPair, ofAddress] = limitsOf(counts).map((limit) => this.#counts.ownAge(limit));
    this.#learn(counts, ofPair, ofAddress);
  }

  close(): Promise<void> {
    return this.#counts.close();
  }

  /** @param ofPair how old the failure is that keeps it out, ms */
  #learn({ pair, address }: Counts, ofPair: number | null = null, ofAddress: number | null = null): void {
    if (ofPair !== null) this.#pairs.block(pair, WINDOW_MS - ofPair);
    if (ofAddress !== null) this.#addresses.block(address, WINDOW_MS - ofAddress);
  }
}

function limitsOf({ pair, address }: Counts) {
  return [
    { count: pair, nth: MOST_OF_PAIR },
    { count: address, nth: MOST_OF_ADDRESS },
  ];
}

function refuse(leftMs: number): void {
  if (leftMs > 0) throw new Refusal('too-many-attempts', '', { retryAfter: Math.ceil(leftMs / 1000) });
}

/** Since the account is whatever a stranger sent. */
function hashed(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
