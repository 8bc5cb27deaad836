import { Refusal } from '../domain/errors.js';
import { md5Hex, parseAuthorization } from '../domain/login.js';
import type { PeopleStore } from '../store/store.js';
import type { Access, Caller } from './caller.js';
import type { Credentials } from './credentials.js';
import { tokenHash } from './tokens.js';

/** Reads who is asking out of an `Authorization` header. */
export class Authentication {
  readonly #people: PeopleStore;
  readonly #credentials: Credentials;

  constructor(people: PeopleStore, credentials: Credentials) {
    this.#people = people;
    this.#credentials = credentials;
  }

  /** @throws Refusal `log-in`, `not-administrator`, `too-many-attempts` */
  async admit(header: string | undefined, address: string, access: Exclude<Access, 'open'>): Promise<Caller> {
    const caller = await this.#caller(header, address);
    if (!caller) throw new Refusal('log-in');
    if (access === 'administrator' && caller.user.accountType !== 'admin') {
      throw new Refusal('not-administrator');
    }
    return caller;
  }

  async #caller(header: string | undefined, address: string): Promise<Caller | null> {
    const given = parseAuthorization(header);
    if (given.kind === 'bearer') {
      const hash = tokenHash(given.token);
      const user = await this.#people.userByToken(hash);
      return user && { user, credential: `user:${user.uid}`, tokenHash: hash };
    }
    if (given.kind === 'basic') {
      const user = await this.#credentials.verify(given.username, md5Hex(given.password), address);
      return user && { user, credential: `user:${user.uid}`, tokenHash: null };
    }
    return null;
  }
}
