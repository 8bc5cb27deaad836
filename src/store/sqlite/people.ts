import type { AccountType, PeopleStore, User } from '../store.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

interface UserRow {
  uid: number;
  username: string;
  account_type: AccountType;
  password_hash: string;
  created_at: number;
}

const COLUMNS = 'u.uid, u.username, u.account_type, u.password_hash, u.created_at';
const INSERT_USER = `
  INSERT INTO user (username, account_type, password_hash, created_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (username) DO NOTHING`;
const USER_BY_NAME = `SELECT ${COLUMNS} FROM user u WHERE u.username = ?`;
const COUNT_USERS = 'SELECT count(*) AS count FROM user';
const SET_PASSWORD = 'UPDATE user SET password_hash = ? WHERE username = ? RETURNING uid';
const INSERT_TOKEN = 'INSERT INTO token (hash, user_uid, ends_at) VALUES (?, ?, ?)';
const USER_BY_TOKEN = `
  SELECT ${COLUMNS} FROM token t JOIN user u ON u.uid = t.user_uid WHERE t.hash = ? AND t.ends_at > ?`;
const END_TOKEN = 'DELETE FROM token WHERE hash = ?';
const END_TOKENS_OF_USER = 'DELETE FROM token WHERE user_uid = ?';

/** Nothing is kept in memory: a password set by another process counts at once. */
export class SqlitePeople implements PeopleStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #insertUser;
  readonly #userByName;
  readonly #countUsers;
  readonly #setPassword;
  readonly #insertToken;
  readonly #userByToken;
  readonly #endToken;
  readonly #endTokensOfUser;

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
    const { database } = writer;
    this.#insertUser = database.prepare<[string, string, string, number]>(INSERT_USER);
    this.#setPassword = database.prepare<[string, string], { uid: number }>(SET_PASSWORD);
    this.#insertToken = database.prepare<[string, number, number]>(INSERT_TOKEN);
    this.#endToken = database.prepare<[string]>(END_TOKEN);
    this.#endTokensOfUser = database.prepare<[number]>(END_TOKENS_OF_USER);
    this.#userByName = reader.database.prepare<[string], UserRow>(USER_BY_NAME);
    this.#countUsers = reader.database.prepare<[], { count: number }>(COUNT_USERS);
    this.#userByToken = reader.database.prepare<[string, number], UserRow>(USER_BY_TOKEN);
  }

  async createUser(user: {
    username: string;
    accountType: AccountType;
    passwordHash: string;
  }): Promise<User | null> {
    return this.#writer.transaction(({ now }) => {
      const written = this.#insertUser.run(user.username, user.accountType, user.passwordHash, now);
      if (written.changes === 0) return null;
      const { username, accountType, passwordHash } = user;
      return { uid: Number(written.lastInsertRowid), username, accountType, passwordHash, createdAt: now };
    });
  }

  async userByName(username: string): Promise<User | null> {
    return this.#reader.read(() => toUser(this.#userByName.get(username)));
  }

  async countUsers(): Promise<number> {
    return this.#reader.read(() => this.#countUsers.get()?.count ?? 0);
  }

  async setPassword(username: string, passwordHash: string): Promise<boolean> {
    return this.#writer.transaction(() => {
      const user = this.#setPassword.get(passwordHash, username);
      if (!user) return false;
      this.#endTokensOfUser.run(user.uid);
      return true;
    });
  }

  async createToken(token: { hash: string; userUid: number; livesMs: number }): Promise<void> {
    this.#writer.transaction(({ now }) => {
      this.#insertToken.run(token.hash, token.userUid, now + token.livesMs);
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
}

function toUser(row: UserRow | undefined): User | null {
  if (!row) return null;
  return {
    uid: row.uid,
    username: row.username,
    accountType: row.account_type,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
  };
}
