import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { Refusal } from '../domain/errors.js';
import type { PeopleStore, User } from '../store/store.js';
import { ExpiringMap } from './expiring-map.js';
import type { LoginAudit } from './login-audit.js';
import type { RandomBytes } from './parts.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const TOKEN_LENGTH = 64;
const LIVES_MS = 2 * 60 * 60_000;
/** Some drivers log in for every poll: they get the same token for this long. */
const SAME_FOR_MS = 60_000;
const MOST_REMEMBERED = 10_000;

interface Issued {
  token: Promise<string>;
  passwordHash: string;
}

/** Gives out log-in tokens; only their hashes are stored. */
export class Tokens {
  readonly #people: PeopleStore;
  readonly #randomBytes: RandomBytes;
  readonly #loginAudit: LoginAudit;
  readonly #recent: ExpiringMap<Issued>;

  constructor(people: PeopleStore, loginAudit: LoginAudit, clock: Clock, randomBytes: RandomBytes) {
    this.#people = people;
    this.#randomBytes = randomBytes;
    this.#loginAudit = loginAudit;
    this.#recent = new ExpiringMap({
      livesMs: SAME_FOR_MS,
      most: MOST_REMEMBERED,
      now: () => clock.monotonic(),
    });
  }

  /**
   * The same account and address get the same token within 60 s, unless it was logged out.
   * @throws Refusal `wrong-login` when the account was removed, or got another password, since it was verified
   */
  async issue(user: User, address: string): Promise<string> {
    const key = `${user.uid} ${address}`;
    const issued = this.#recent.get(key);
    if (issued && issued.passwordHash === user.passwordHash) {
      const token = await issued.token;
      if (await this.#people.userByToken(tokenHash(token))) return token;
      // Another log-in may have been faster with a new one.
      if (this.#recent.get(key) !== issued) return this.issue(user, address);
    }
    const token = this.#create(user, address);
    this.#recent.set(key, { token, passwordHash: user.passwordHash });
    token.catch(() => this.#recent.delete(key));
    return token;
  }

  async #create(user: User, address: string): Promise<string> {
    const token = randomText(this.#randomBytes, ALPHABET, TOKEN_LENGTH);
    const login = this.#loginAudit.due(user, address);
    try {
      const fresh = { hash: tokenHash(token), user, livesMs: LIVES_MS, login };
      if (!(await this.#people.createToken(fresh))) throw new Refusal('wrong-login');
      return token;
    } catch (error) {
      if (login) this.#loginAudit.forget(user, address);
      throw error;
    }
  }
}

/** Hex SHA-256; a token holds 381 bits, so nothing slower is needed. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** `length` characters of `alphabet`, each equally likely: bytes that would favour some are left out. */
export function randomText(randomBytes: RandomBytes, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
