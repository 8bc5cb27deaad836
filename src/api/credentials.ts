import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.js';
import { Refusal } from '../domain/errors.js';
import type { LoginAttempt } from '../domain/login.js';
import type { Log } from '../log.js';
import type { NodeStore, PeopleStore, User } from '../store/store.js';
import { ExpiringMap } from './expiring-map.js';
import { type Counts, countsOf, FailedLogins } from './failed-logins.js';
import type { LoginAudit } from './login-audit.js';
import type { RandomBytes } from './parts.js';
import type { Passwords } from './passwords.js';
import { SlowRefusals } from './slow-refusals.js';

const REMEMBERED_MS = 60_000;
/** A person logs in again when the token of two hours has ended, at the latest on the next day. */
const RECOGNISED_MS = 36 * 60 * 60_000;
const MOST_REMEMBERED = 10_000;
/** Characters of a fingerprint: a guess is not recognised by chance, and too few to find a password by. */
const RECOGNISED_LENGTH = 6;

export interface CredentialsParts {
  people: PeopleStore;
  nodes: NodeStore;
  passwords: Passwords;
  loginAudit: LoginAudit;
  clock: Clock;
  log: Log;
  randomBytes: RandomBytes;
}

/**
 * Judges names and passwords, for log-in and Basic alike. A verified pair is remembered for 60 s as a hash
 * keyed with a key of this process, so that a poller each second does not pay for Argon2id each time; with a new
 * password nothing remembered fits any more. For longer it is recognised: it pays, but it passes every block and
 * goes before strangers, so that a flood does not keep out those who were here before.
 */
export class Credentials {
  readonly #people: PeopleStore;
  readonly #passwords: Passwords;
  readonly #failed: FailedLogins;
  readonly #refusals = new SlowRefusals();
  readonly #loginAudit: LoginAudit;
  readonly #key: Uint8Array;
  /** The stored hash that it was verified against. */
  readonly #remembered: ExpiringMap<string>;
  readonly #recognised: ExpiringMap<true>;
  readonly #underWay = new Map<string, Promise<User | null>>();

  constructor({ people, nodes, passwords, loginAudit, clock, log, randomBytes }: CredentialsParts) {
    const now = () => clock.monotonic();
    this.#people = people;
    this.#passwords = passwords;
    this.#loginAudit = loginAudit;
    this.#failed = new FailedLogins({ store: nodes, clock, log });
    this.#key = randomBytes(32);
    this.#remembered = new ExpiringMap({ livesMs: REMEMBERED_MS, most: MOST_REMEMBERED, now });
    this.#recognised = new ExpiringMap({ livesMs: RECOGNISED_MS, most: MOST_REMEMBERED, now });
  }

  /**
   * @returns null when name or password is wrong, which counts against the address, and its pair with the account
   * @throws Refusal `too-many-attempts`; `store-unavailable` when too many wait to be judged
   */
  async verify(attempt: LoginAttempt, address: string): Promise<User | null> {
    const counts = countsOf(address, attempt.username, attempt.form);
    try {
      const user = await this.#verify(attempt, counts);
      if (!user) this.#loginAudit.failed(address, attempt.username);
      return user;
    } catch (err) {
      if (err instanceof Refusal) await this.#refusals.hold(counts.address);
      throw err;
    }
  }

  /** An account that was just given this password gets in from then on, whatever others try. */
  recognise({ username, md5 }: LoginAttempt): void {
    this.#recognised.set(this.#fingerprint([username, md5 ?? '']).slice(0, RECOGNISED_LENGTH), true);
  }

  /** Writes the failures that were gathered. */
  close(): Promise<void> {
    return this.#failed.close();
  }

  async #verify({ username, md5 }: LoginAttempt, counts: Counts): Promise<User | null> {
    if (md5 === null) {
      this.#failed.refuseBlocked(counts);
      this.#failed.add(counts, { cheap: true });
      return null;
    }
    const fingerprint = this.#fingerprint([username, md5]);
    return (
      (await this.#remember(username, fingerprint)) ??
      (await this.#once(`${counts.address} ${fingerprint}`, () =>
        this.#judge({ username, md5, fingerprint, counts }),
      ))
    );
  }

  async #remember(username: string, fingerprint: string): Promise<User | null> {
    const passwordHash = this.#remembered.get(fingerprint);
    if (passwordHash === undefined) return null;
    const user = await this.#people.userByName(username);
    return user?.passwordHash === passwordHash ? user : null;
  }

  async #judge(given: {
    username: string;
    md5: string;
    fingerprint: string;
    counts: Counts;
  }): Promise<User | null> {
    const { username, md5, fingerprint, counts } = given;
    const tag = fingerprint.slice(0, RECOGNISED_LENGTH);
    const recognised = this.#recognised.get(tag) ?? false;
    const trial = recognised || this.#failed.enter(counts);
    return this.#passwords.inTurn(recognised ? null : counts.address, async () => {
      // In its turn: of guesses sent at once, to any node, few are judged before they count.
      if (!recognised) await this.#failed.refuseCounted(counts, { trial });
      const user = await this.#people.userByName(username);
      const matches = await this.#passwords.matches(user?.passwordHash ?? null, md5);
      if (user && matches) {
        this.#remembered.set(fingerprint, user.passwordHash);
        this.#recognised.set(tag, true);
        return user;
      }
      this.#recognised.delete(tag);
      this.#failed.add(counts, { cheap: false });
      return null;
    });
  }

  /** Those who come from one address with the same credentials while these are being verified share the result. */
  #once(who: string, verify: () => Promise<User | null>): Promise<User | null> {
    const underWay = this.#underWay.get(who);
    if (underWay) return underWay;
    const verified = verify().finally(() => this.#underWay.delete(who));
    this.#underWay.set(who, verified);
    return verified;
  }

  #fingerprint(parts: string[]): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(parts)).digest('base64');
  }
}
