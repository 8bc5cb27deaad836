import { Refusal } from '../domain/errors.js';
import { parseAuthorization, plainLogin } from '../domain/login.js';
import { type Access, mayEnter, rightsOfAccount, rightsOfScopes } from '../domain/rights.js';
import type { ApiKey, Store, User } from '../store/store.js';
import type { Caller } from './caller.js';
import type { Credentials } from './credentials.js';
import type { KeyUse } from './key-use.js';
import { isKey } from './keys.js';
import type { LoginAudit } from './login-audit.js';
import { tokenHash } from './tokens.js';

export interface AuthenticationParts {
  store: Store;
  credentials: Credentials;
  keyUse: KeyUse;
  loginAudit: LoginAudit;
}

/** Reads who is asking out of an `Authorization` header. */
export class Authentication {
  readonly #parts: AuthenticationParts;

  constructor(parts: AuthenticationParts) {
    this.#parts = parts;
  }

  /** @throws Refusal `log-in`, `not-administrator`, `too-many-attempts` */
  async admit(header: string | undefined, address: string, access: Exclude<Access, 'open'>): Promise<Caller> {
    const caller = await this.#caller(header, address);
    if (!caller) throw new Refusal('log-in');
    if (!mayEnter(access, caller.rights)) throw new Refusal('not-administrator');
    return caller;
  }

  async #caller(header: string | undefined, address: string): Promise<Caller | null> {
    const { store, credentials, keyUse, loginAudit } = this.#parts;
    const given = parseAuthorization(header);
    if (given.kind === 'bearer') {
      const hash = tokenHash(given.token);
      if (isKey(given.token)) {
        const key = await store.keys.byHash(hash);
        if (key) keyUse.used(key);
        return key && keyCaller(key, address);
      }
      const user = await store.people.userByToken(hash);
      return user && userCaller(user, address, hash);
    }
    if (given.kind === 'basic') {
      const user = await credentials.verify(plainLogin(given.username, given.password), address);
      if (user) loginAudit.succeeded(user, address);
      return user && userCaller(user, address, null);
    }
    return null;
  }
}

function userCaller(user: User, address: string, hash: string | null): Caller {
  return {
    actor: { kind: 'user', uid: user.uid, name: user.username, address },
    rights: rightsOfAccount(user.accountType),
    credential: `user:${user.uid}`,
    tokenHash: hash,
  };
}

function keyCaller(key: ApiKey, address: string): Caller {
  return {
    actor: { kind: 'key', uid: key.uid, name: key.name, address },
    rights: rightsOfScopes(key.scopes),
    credential: `key:${key.uid}`,
    tokenHash: null,
  };
}
