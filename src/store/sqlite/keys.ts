import type { Actor } from '../../domain/actor.js';
import { keyAudited } from '../../domain/audit.js';
import type { KeySpec } from '../../domain/key-rules.js';
import type { Scope } from '../../domain/rights.js';
import type { ApiKey, KeyStore, PageRequest } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

interface KeyRow {
  uid: number;
  name: string;
  prefix: string;
  scopes: string;
  created_at: number;
  last_used_at: number | null;
}

interface WithScope {
  scope: Scope | null;
}
type Slice = Pick<PageRequest, 'limit' | 'offset'>;

const COLUMNS = 'uid, name, prefix, scopes, created_at, last_used_at';
const INSERT_KEY = 'INSERT INTO api_key (name, prefix, hash, scopes, created_at) VALUES (?, ?, ?, ?, ?)';
const BY_HASH = `SELECT ${COLUMNS} FROM api_key WHERE hash = ?`;
const REVOKE = `DELETE FROM api_key WHERE uid = ? RETURNING ${COLUMNS}`;
const SET_USED = 'UPDATE api_key SET last_used_at = ? WHERE uid = ?';
const WITH_SCOPE = 'WHERE @scope IS NULL OR EXISTS (SELECT 1 FROM json_each(scopes) WHERE value = @scope)';
const COUNT_KEYS = `SELECT count(*) AS count FROM api_key ${WITH_SCOPE}`;
const list = (order: 'ASC' | 'DESC') =>
  `SELECT ${COLUMNS} FROM api_key ${WITH_SCOPE} ORDER BY uid ${order} LIMIT @limit OFFSET @offset`;

/** Nothing is kept in memory: a key that another process revoked is gone at once. */
export class SqliteKeys implements KeyStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #trail: AuditTrail;
  readonly #insertKey;
  readonly #revoke;
  readonly #setUsed;
  readonly #byHash;
  readonly #countKeys;
  readonly #oldestFirst;
  readonly #newestFirst;

  constructor(writer: Writer, reader: Reader, trail: AuditTrail) {
    this.#writer = writer;
    this.#reader = reader;
    this.#trail = trail;
    const { database } = writer;
    this.#insertKey = database.prepare<[string, string, string, string, number]>(INSERT_KEY);
    this.#revoke = database.prepare<[number], KeyRow>(REVOKE);
    this.#setUsed = database.prepare<[number, number]>(SET_USED);
    this.#byHash = reader.database.prepare<[string], KeyRow>(BY_HASH);
    this.#countKeys = reader.database.prepare<[WithScope], { count: number }>(COUNT_KEYS);
    this.#oldestFirst = reader.database.prepare<[WithScope & Slice], KeyRow>(list('ASC'));
    this.#newestFirst = reader.database.prepare<[WithScope & Slice], KeyRow>(list('DESC'));
  }

  async create(spec: KeySpec & { prefix: string; hash: string }, by: Actor): Promise<ApiKey> {
    return this.#writer.transaction(({ now }) => {
      const { name, prefix, hash, scopes } = spec;
      const written = this.#insertKey.run(name, prefix, hash, JSON.stringify(scopes), now);
      const uid = Number(written.lastInsertRowid);
      const key: ApiKey = { uid, name, prefix, scopes, createdAt: now, lastUsedAt: null };
      this.#trail.write(now, by, keyAudited({ before: null, after: key }));
      return key;
    });
  }

  async byHash(hash: string): Promise<ApiKey | null> {
    return this.#reader.read(() => {
      const row = this.#byHash.get(hash);
      return row ? toKey(row) : null;
    });
  }

  async list(request: PageRequest & { scope: Scope | null }): Promise<{ total: number; rows: ApiKey[] }> {
    const { scope, limit, offset, asc } = request;
    return this.#reader.snapshot(() => ({
      total: this.#countKeys.get({ scope })?.count ?? 0,
      rows: (asc ? this.#oldestFirst : this.#newestFirst).all({ scope, limit, offset }).map(toKey),
    }));
  }

  async revoke(uid: number, by: Actor): Promise<boolean> {
    return this.#writer.transaction(({ now }) => {
      const row = this.#revoke.get(uid);
      if (!row) return false;
      this.#trail.write(now, by, keyAudited({ before: toKey(row), after: null }));
      return true;
    });
  }

  async used(uids: number[]): Promise<void> {
    this.#writer.transaction(({ now }) => {
      for (const uid of uids) this.#setUsed.run(now, uid);
    });
  }
}

function toKey(row: KeyRow): ApiKey {
  return {
    uid: row.uid,
    name: row.name,
    prefix: row.prefix,
    scopes: JSON.parse(row.scopes) as Scope[],
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  };
}
