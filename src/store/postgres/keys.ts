import type { Actor } from '../../domain/actor.js';
import { keyAudited } from '../../domain/audit.js';
import type { KeySpec } from '../../domain/key-rules.js';
import type { Scope } from '../../domain/rights.js';
import type { ApiKey, KeyStore, PageRequest } from '../store.js';
import { writeAudit } from './audit-trail.js';
import { numbers } from './literal.js';
import { Lookups } from './lookups.js';
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

const COLUMNS = 'uid, name, prefix, scopes, created_at, last_used_at';
const INSERT_KEY = `
  INSERT INTO api_key (name, prefix, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5) RETURNING ${COLUMNS}`;
const BY_HASH = `SELECT ${COLUMNS}, hash AS key FROM api_key WHERE hash = ANY($1::text[])`;
const REVOKE = `DELETE FROM api_key WHERE uid = $1 RETURNING ${COLUMNS}`;
/** In their order, so that two nodes do not wait for each other; and not for a row that another just writes. */
const SET_USED = `
  UPDATE api_key SET last_used_at = $1
  WHERE uid IN (SELECT uid FROM api_key WHERE uid = ANY($2::bigint[]) ORDER BY uid FOR UPDATE SKIP LOCKED)`;
const WITH_SCOPE = 'WHERE $1::text IS NULL OR scopes::jsonb ? $1::text';
const COUNT_KEYS = `SELECT count(*) AS count FROM api_key ${WITH_SCOPE}`;
const list = (order: 'ASC' | 'DESC') =>
  `SELECT ${COLUMNS} FROM api_key ${WITH_SCOPE} ORDER BY uid ${order} LIMIT $2 OFFSET $3`;

/** Nothing is kept in memory: a key that another process revoked is gone at once. */
export class PostgresKeys implements KeyStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #byHash: Lookups<KeyRow & { key: string }>;

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
    this.#byHash = new Lookups(reader, BY_HASH);
  }

  create(spec: KeySpec & { prefix: string; hash: string }, by: Actor): Promise<ApiKey> {
    return this.#writer.transaction(async (tx) => {
      const { name, prefix, hash, scopes } = spec;
      const [row] = await tx.run<KeyRow>(INSERT_KEY, [name, prefix, hash, JSON.stringify(scopes), tx.now]);
      if (!row) throw new Error('the key was not written');
      const key = toKey(row);
      await writeAudit(tx, by, keyAudited({ before: null, after: key }));
      return key;
    });
  }

  async byHash(hash: string): Promise<ApiKey | null> {
    const row = await this.#byHash.find(hash);
    return row && toKey(row);
  }

  list(request: PageRequest & { scope: Scope | null }): Promise<{ total: number; rows: ApiKey[] }> {
    const { scope, limit, offset, asc } = request;
    return this.#reader.snapshot(async (line) => {
      const [total] = await line.run<{ count: number }>(COUNT_KEYS, [scope]);
      const rows = await line.run<KeyRow>(list(asc ? 'ASC' : 'DESC'), [scope, limit, offset]);
      return { total: total?.count ?? 0, rows: rows.map(toKey) };
    });
  }

  revoke(uid: number, by: Actor): Promise<boolean> {
    return this.#writer.transaction(async (tx) => {
      const [row] = await tx.run<KeyRow>(REVOKE, [uid]);
      if (!row) return false;
      await writeAudit(tx, by, keyAudited({ before: toKey(row), after: null }));
      return true;
    });
  }

  async used(uids: number[]): Promise<void> {
    await this.#writer.transaction((tx) => tx.run(SET_USED, [tx.now, numbers(uids)]));
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
