import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { NodeStore, PeopleStore, User } from '../store/store.js';
import { ExpiringMap } from './expiring-map.js';
import { FailedLogins } from './failed-logins.js';
import type { LoginAudit } from './login-audit.js';
import type { RandomBytes } from './parts.js';
import type { Passwords } from './passwords.js';

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

export interface CredentialsParts {
  people: PeopleStore;
  nodes: NodeStore;
  passwords: Passwords;
  loginAudit: LoginAudit;
  clock: Clock;
  randomBytes: RandomBytes;
}

/**
 * Judges names and passwords, for log-in and Basic alike. A verified pair is remembered for 60 s as a hash
 * keyed with a key of this process, so that a poller each second does not pay for Argon2id each time. The
 * stored hash goes into it: with a new password nothing remembered fits any more.
 */
export class Credentials {
  readonly #people: PeopleStore;
  readonly #passwords: Passwords;
  readonly #failed: FailedLogins;
  readonly #loginAudit: LoginAudit;
  readonly #key: Uint8Array;
  readonly #remembered: ExpiringMap<true>;
  readonly #underWay = new Map<string, Promise<boolean>>();

  constructor({ people, nodes, passwords, loginAudit, clock, randomBytes }: CredentialsParts) {
    const now = () => clock.monotonic();
    this.#people = people;
    this.#passwords = passwords;
    this.#loginAudit = loginAudit;
    this.#failed = new FailedLogins(nodes, now);
    this.#key = randomBytes(32);
    this.#remembered = new ExpiringMap({ livesMs: REMEMBERED_MS, most: MOST_REMEMBERED, now });
  }

  /**
   * @param md5 lower-case hex MD5 of the password
   * @returns null when name or password is wrong, which counts against the pair of address and account
   * @throws Refusal `too-many-attempts`
   */
  async verify(username: string, md5: string, address: string): Promise<User | null> {
    this.#failed.refuseBlocked(address, username);
    const user = await this.#people.userByName(username);
    const fingerprint = this.#fingerprint([username, md5, user?.passwordHash ?? '']);
    if (user && this.#remembered.get(fingerprint)) return user;
    const matches = await this.#once(`${address} ${fingerprint}`, () =>
      // In its turn: of guesses sent at once, to any node, few are judged before they count.
      this.#passwords.verify(user?.passwordHash ?? null, md5, {
        before: () => this.#failed.refuseCounted(address, username),
        wrong: () => this.#failed.add(address, username),
      }),
    );
    if (!user || !matches) {
      this.#loginAudit.failed(address, username);
      return null;
    }
    this.#remembered.set(fingerprint, true);
    return user;
  }

  /** Those who come from one address with the same credentials while these are being verified share the result. */
  #once(who: string, verify: () => Promise<boolean>): Promise<boolean> {
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
