import type { Actor } from '../../domain/actor.js';
import { loginAudited, userAudited } from '../../domain/audit.js';
import type { AccountType } from '../../domain/rights.js';
import type { PageRequest, PeopleStore, User, UserWrite } from '../store.js';
import { writeAudit } from './audit-trail.js';
import { isDuplicate } from './failure.js';
import { texts } from './literal.js';
import { Lookups } from './lookups.js';
import type { Reader } from './reader.js';
import type { Transaction, Writer } from './transaction.js';

interface UserRow {
  uid: number;
  username: string;
  account_type: AccountType;
  password_hash: string;
  created_at: number;
}

type FoundUser = UserRow & { key: string };

const COLUMNS = 'u.uid, u.username, u.account_type, u.password_hash, u.created_at';
const INSERT_USER = `
  INSERT INTO person AS u (username, account_type, password_hash, created_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (username) DO NOTHING RETURNING ${COLUMNS}`;
const UPDATE_USER = 'UPDATE person SET username = $1, account_type = $2, password_hash = $3 WHERE uid = $4';
const DELETE_USER = 'DELETE FROM person WHERE uid = $1';
const USER = `SELECT ${COLUMNS} FROM person u WHERE u.uid = $1`;
const USERS_BY_NAME = `SELECT ${COLUMNS}, u.username AS key FROM person u WHERE u.username = ANY($1::text[])`;
/**
 * Whoever may take a user's rights or remove one locks all administrators first, in one order: two nodes that
 * each take the other's last one wait for each other, and the second sees what the first left.
 */
const LOCK_ADMINISTRATORS = "SELECT uid FROM person WHERE account_type = 'admin' ORDER BY uid FOR UPDATE";
const LOCK_USER = `SELECT ${COLUMNS} FROM person u WHERE u.uid = $1 FOR UPDATE`;
const OF_TYPE = 'WHERE $1::text IS NULL OR u.account_type = $1::text';
const COUNT_USERS = `SELECT count(*) AS count FROM person u ${OF_TYPE}`;
const list = (order: 'ASC' | 'DESC') =>
  `SELECT ${COLUMNS} FROM person u ${OF_TYPE} ORDER BY u.uid ${order} LIMIT $2 OFFSET $3`;
/** Not while the user is changed or removed: a token of an old password must not come behind their end. */
const INSERT_TOKEN = `
  INSERT INTO token (hash, user_uid, ends_at)
  SELECT $1, uid, $2 FROM (SELECT uid FROM person WHERE uid = $3 AND password_hash = $4 FOR SHARE) u`;
const USERS_BY_TOKEN = `
  SELECT ${COLUMNS}, t.hash AS key FROM token t JOIN person u ON u.uid = t.user_uid
  WHERE t.hash = ANY($1::text[]) AND t.ends_at > latchhook_now()`;
const END_TOKEN = 'DELETE FROM token WHERE hash = $1';
const END_TOKENS_OF_USER = 'DELETE FROM token WHERE user_uid = $1';

/** Nothing is kept in memory: what another process changes counts at once. */
export class PostgresPeople implements PeopleStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #byName: Lookups<FoundUser>;
  readonly #byToken: Lookups<FoundUser>;

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
    this.#byName = new Lookups(reader, USERS_BY_NAME);
    this.#byToken = new Lookups(reader, USERS_BY_TOKEN);
  }

  createUser(
    { username, accountType, passwordHash }: Omit<User, 'uid' | 'createdAt'>,
    by: Actor,
  ): Promise<User | null> {
    return this.#writer.transaction(async (tx) => {
      const values = [username, accountType, passwordHash, tx.now];
      const [row] = await tx.run<UserRow>(INSERT_USER, values);
      if (!row) return null;
      const user = toUser(row);
      await writeAudit(tx, by, userAudited({ before: null, after: user }));
      return user;
    });
  }

  async changeUser(
    uid: number,
    change: { username: string | null; accountType: AccountType | null; passwordHash: string | null },
    by: Actor,
  ): Promise<UserWrite> {
    try {
      return await this.#writer.transaction(async (tx): Promise<UserWrite> => {
        const { user: before, last } = await lockUser(tx, uid);
        if (!before) return { kind: 'unknown' };
        const user = {
          ...before,
          username: change.username ?? before.username,
          accountType: change.accountType ?? before.accountType,
          passwordHash: change.passwordHash ?? before.passwordHash,
        };
        const [namesake] = await tx.run<UserRow>(USERS_BY_NAME, [texts([user.username])]);
        if (namesake && namesake.uid !== uid) return { kind: 'same-username' };
        if (last && user.accountType !== 'admin') return { kind: 'last-administrator' };
        await tx.run(UPDATE_USER, [user.username, user.accountType, user.passwordHash, uid]);
        if (change.passwordHash !== null) await tx.run(END_TOKENS_OF_USER, [uid]);
        await writeAudit(tx, by, userAudited({ before, after: user }));
        return { kind: 'written', user };
      });
    } catch (error) {
      // Another node gave that name at the same time.
      if (isDuplicate(error, 'person_username')) return { kind: 'same-username' };
      throw error;
    }
  }

  removeUser(uid: number, by: Actor): Promise<'removed' | 'last-administrator' | 'unknown'> {
    return this.#writer.transaction(async (tx) => {
      const { user, last } = await lockUser(tx, uid);
      if (!user) return 'unknown';
      if (last) return 'last-administrator';
      await tx.run(DELETE_USER, [uid]);
      await tx.run(END_TOKENS_OF_USER, [uid]);
      await writeAudit(tx, by, userAudited({ before: user, after: null }));
      return 'removed';
    });
  }

  async user(uid: number): Promise<User | null> {
    const [row] = await this.#reader.read((line) => line.run<UserRow>(USER, [uid]));
    return row ? toUser(row) : null;
  }

  async userByName(username: string): Promise<User | null> {
    const row = await this.#byName.find(username);
    return row && toUser(row);
  }

  users(
    request: PageRequest & { accountType: AccountType | null },
  ): Promise<{ total: number; rows: User[] }> {
    const { accountType, limit, offset, asc } = request;
    return this.#reader.snapshot(async (line) => {
      const [total] = await line.run<{ count: number }>(COUNT_USERS, [accountType]);
      const rows = await line.run<UserRow>(list(asc ? 'ASC' : 'DESC'), [accountType, limit, offset]);
      return { total: total?.count ?? 0, rows: rows.map(toUser) };
    });
  }

  async countUsers(): Promise<number> {
    const [row] = await this.#reader.read((line) => line.run<{ count: number }>(COUNT_USERS, [null]));
    return row?.count ?? 0;
  }

  createToken(token: {
    hash: string;
    user: Pick<User, 'uid' | 'passwordHash'>;
    livesMs: number;
    login: Actor | null;
  }): Promise<boolean> {
    return this.#writer.transaction(async (tx) => {
      const { uid, passwordHash } = token.user;
      const values = [token.hash, tx.now + token.livesMs, uid, passwordHash];
      const written = await tx.run(INSERT_TOKEN, values);
      if (written.count === 0) return false;
      if (token.login) await writeAudit(tx, token.login, loginAudited(uid));
      return true;
    });
  }

  async userByToken(hash: string): Promise<User | null> {
    const row = await this.#byToken.find(hash);
    return row && toUser(row);
  }

  async endToken(hash: string): Promise<void> {
    await this.#writer.transaction((tx) => tx.run(END_TOKEN, [hash]));
  }
}

/** The user as nobody else changes it until the transaction's end, and whether no other administrator is left. */
async function lockUser(tx: Transaction, uid: number): Promise<{ user: User | null; last: boolean }> {
  const administrators = await tx.run<{ uid: number }>(LOCK_ADMINISTRATORS);
  const [row] = await tx.run<UserRow>(LOCK_USER, [uid]);
  const user = row ? toUser(row) : null;
  return { user, last: user?.accountType === 'admin' && !administrators.some((one) => one.uid !== uid) };
}

function toUser(row: UserRow): User {
  return {
    uid: row.uid,
    username: row.username,
    accountType: row.account_type,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
