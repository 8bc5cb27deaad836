import type { Actor } from '../../domain/actor.js';
import { loginAudited, userAudited } from '../../domain/audit.js';
import type { AccountType } from '../../domain/rights.js';
import type { PageRequest, PeopleStore, User, UserWrite } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

interface UserRow {
  uid: number;
  username: string;
  account_type: AccountType;
  password_hash: string;
  created_at: number;
}

interface OfType {
  accountType: AccountType | null;
}
type Slice = Pick<PageRequest, 'limit' | 'offset'>;

const COLUMNS = 'u.uid, u.username, u.account_type, u.password_hash, u.created_at';
const INSERT_USER = `
  INSERT INTO user (username, account_type, password_hash, created_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (username) DO NOTHING`;
const UPDATE_USER = 'UPDATE user SET username = ?, account_type = ?, password_hash = ? WHERE uid = ?';
const DELETE_USER = 'DELETE FROM user WHERE uid = ?';
const USER = `SELECT ${COLUMNS} FROM user u WHERE u.uid = ?`;
const USER_BY_NAME = `SELECT ${COLUMNS} FROM user u WHERE u.username = ?`;
const OTHER_ADMINISTRATOR = "SELECT 1 FROM user WHERE account_type = 'admin' AND uid <> ? LIMIT 1";
const OF_TYPE = 'WHERE @accountType IS NULL OR u.account_type = @accountType';
const COUNT_USERS = `SELECT count(*) AS count FROM user u ${OF_TYPE}`;
const list = (order: 'ASC' | 'DESC') =>
  `SELECT ${COLUMNS} FROM user u ${OF_TYPE} ORDER BY u.uid ${order} LIMIT @limit OFFSET @offset`;
const INSERT_TOKEN = `
  INSERT INTO token (hash, user_uid, ends_at)
  SELECT ?, uid, ? FROM user WHERE uid = ? AND password_hash = ?`;
const USER_BY_TOKEN = `
  SELECT ${COLUMNS} FROM token t JOIN user u ON u.uid = t.user_uid WHERE t.hash = ? AND t.ends_at > ?`;
const END_TOKEN = 'DELETE FROM token WHERE hash = ?';
const END_TOKENS_OF_USER = 'DELETE FROM token WHERE user_uid = ?';

/** Nothing is kept in memory: what another process changes counts at once. */
export class SqlitePeople implements PeopleStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #trail: AuditTrail;
  readonly #insertUser;
  readonly #updateUser;
  readonly #deleteUser;
  readonly #ownUser;
  readonly #ownUserByName;
  readonly #otherAdministrator;
  readonly #user;
  readonly #userByName;
  readonly #countUsers;
  readonly #oldestFirst;
  readonly #newestFirst;
  readonly #insertToken;
  readonly #userByToken;
  readonly #endToken;
  readonly #endTokensOfUser;

  constructor(writer: Writer, reader: Reader, trail: AuditTrail) {
    this.#writer = writer;
    this.#reader = reader;
    this.#trail = trail;
    const { database } = writer;
    this.#insertUser = database.prepare<[string, string, string, number]>(INSERT_USER);
    this.#updateUser = database.prepare<[string, string, string, number]>(UPDATE_USER);
    this.#deleteUser = database.prepare<[number]>(DELETE_USER);
    this.#ownUser = database.prepare<[number], UserRow>(USER);
    this.#ownUserByName = database.prepare<[string], UserRow>(USER_BY_NAME);
    this.#otherAdministrator = database.prepare<[number]>(OTHER_ADMINISTRATOR);
    this.#insertToken = database.prepare<[string, number, number, string]>(INSERT_TOKEN);
    this.#endToken = database.prepare<[string]>(END_TOKEN);
    this.#endTokensOfUser = database.prepare<[number]>(END_TOKENS_OF_USER);
    this.#user = reader.database.prepare<[number], UserRow>(USER);
    this.#userByName = reader.database.prepare<[string], UserRow>(USER_BY_NAME);
    this.#countUsers = reader.database.prepare<[OfType], { count: number }>(COUNT_USERS);
    this.#oldestFirst = reader.database.prepare<[OfType & Slice], UserRow>(list('ASC'));
    this.#newestFirst = reader.database.prepare<[OfType & Slice], UserRow>(list('DESC'));
    this.#userByToken = reader.database.prepare<[string, number], UserRow>(USER_BY_TOKEN);
  }

  async createUser(
    { username, accountType, passwordHash }: Omit<User, 'uid' | 'createdAt'>,
    by: Actor,
  ): Promise<User | null> {
    return this.#writer.transaction(({ now }) => {
      const written = this.#insertUser.run(username, accountType, passwordHash, now);
      if (written.changes === 0) return null;
      const uid = Number(written.lastInsertRowid);
      const user = { uid, username, accountType, passwordHash, createdAt: now };
      this.#trail.write(now, by, userAudited({ before: null, after: user }));
      return user;
    });
  }

  async changeUser(
    uid: number,
    change: { username: string | null; accountType: AccountType | null; passwordHash: string | null },
    by: Actor,
  ): Promise<UserWrite> {
    return this.#writer.transaction(({ now }): UserWrite => {
      const before = toUser(this.#ownUser.get(uid));
      if (!before) return { kind: 'unknown' };
      const user = {
        ...before,
        username: change.username ?? before.username,
        accountType: change.accountType ?? before.accountType,
        passwordHash: change.passwordHash ?? before.passwordHash,
      };
      const namesake = this.#ownUserByName.get(user.username);
      if (namesake && namesake.uid !== uid) return { kind: 'same-username' };
      if (user.accountType !== 'admin' && this.#isLastAdministrator(before)) {
        return { kind: 'last-administrator' };
      }
      this.#updateUser.run(user.username, user.accountType, user.passwordHash, uid);
      if (change.passwordHash !== null) this.#endTokensOfUser.run(uid);
      this.#trail.write(now, by, userAudited({ before, after: user }));
      return { kind: 'written', user };
    });
  }

  async removeUser(uid: number, by: Actor): Promise<'removed' | 'last-administrator' | 'unknown'> {
    return this.#writer.transaction(({ now }) => {
      const before = toUser(this.#ownUser.get(uid));
      if (!before) return 'unknown';
      if (this.#isLastAdministrator(before)) return 'last-administrator';
      this.#deleteUser.run(uid);
      this.#endTokensOfUser.run(uid);
      this.#trail.write(now, by, userAudited({ before, after: null }));
      return 'removed';
    });
  }

  async user(uid: number): Promise<User | null> {
    return this.#reader.read(() => toUser(this.#user.get(uid)));
  }

  async userByName(username: string): Promise<User | null> {
    return this.#reader.read(() => toUser(this.#userByName.get(username)));
  }

  async users(
    request: PageRequest & { accountType: AccountType | null },
  ): Promise<{ total: number; rows: User[] }> {
    const { accountType, limit, offset, asc } = request;
    return this.#reader.snapshot(() => ({
      total: this.#countUsers.get({ accountType })?.count ?? 0,
      rows: (asc ? this.#oldestFirst : this.#newestFirst).all({ accountType, limit, offset }).map(present),
    }));
  }

  async countUsers(): Promise<number> {
    return this.#reader.read(() => this.#countUsers.get({ accountType: null })?.count ?? 0);
  }

  async createToken(token: {
    hash: string;
    user: Pick<User, 'uid' | 'passwordHash'>;
    livesMs: number;
    login: Actor | null;
  }): Promise<boolean> {
    return this.#writer.transaction(({ now }) => {
      const { uid, passwordHash } = token.user;
      const written = this.#insertToken.run(token.hash, now + token.livesMs, uid, passwordHash);
      if (written.changes === 0) return false;
      if (token.login) this.#trail.write(now, token.login, loginAudited(uid));
      return true;
    });
  }

  async userByToken(hash: string): Promise<User | null> {
    return this.#reader.read(() => toUser(this.#userByToken.get(hash, this.#writer.clock.now())));
  }

  async endToken(hash: string): Promise<void> {
    this.#writer.transaction(() => {
      this.#endToken.run(hash);
    });
  }

  #isLastAdministrator(user: User): boolean {
    return user.accountType === 'admin' && !this.#otherAdministrator.get(user.uid);
  }
}

function toUser(row: UserRow | undefined): User | null {
  return row ? present(row) : null;
}

function present(row: UserRow): User {
  return {
    uid: row.uid,
    username: row.username,
    accountType: row.account_type,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
