import { KEY_CHECK, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import { identityOf, MARK, refuseOtherSchema } from '../moving/mark.js';
import { bytesOf, countRows, type MoveDialect, STEP_BYTES, selectRows } from '../moving/select.js';
import {
  type Batch,
  type Cell,
  MoveRefused,
  type ReadRequest,
  type Side,
  type SideFacts,
} from '../moving/side.js';
import {
  columnsOf,
  LAST_PLAIN_UID,
  MOVED_NUMBERS,
  MOVED_TABLES,
  type MovedTable,
  STORE_ID,
} from '../moving/tables.js';
import { checkKey } from './key-check.js';
import type { Line } from './line.js';
import { LOCK, lockAlone } from './locks.js';
import { insertRows, rowValues, tableName } from './moving-rows.js';
import { addPartitions, PARTITION_UNIT } from './partitions.js';
import { Pool } from './pool.js';
import { MIGRATIONS, migrate, readMeta, readSchema } from './schema.js';
import { Server } from './server.js';
import { DEAD_AFTER_MS } from './transaction.js';

const DIALECT: MoveDialect = {
  table: tableName,
  key: ({ key }) => key,
  value: (n) => `$${n + 1}`,
  integer: (expression) => `(${expression})::bigint`,
};

/** Counting and analysing read everything. */
const DEADLINE_MS = 6 * 3_600_000;
/** Of a step, which takes some ms. */
const STEP_MS = 60_000;
const PATIENT = 'SET LOCAL statement_timeout = 0';
/** Sums are made along the key, as far as a step goes, and not of the whole table for each step. */
const ALONG_THE_KEY = 'SET LOCAL enable_hashagg = off';
/** What a crash of the server loses, it loses together with how far the move was; the end is waited for. */
const UNHURRIED = 'SET LOCAL synchronous_commit = off';
const WRITE_META = 'INSERT INTO meta VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
const DROP_META = 'DELETE FROM meta WHERE name = $1';
const READ_NUMBERS = 'SELECT name, value FROM counter';
const WRITE_NUMBER =
  'INSERT INTO counter VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
const NOW = 'SELECT latchhook_now() AS now';
const NODES = `SELECT count(*) AS living FROM session WHERE heartbeat_at > latchhook_now() - ${DEAD_AFTER_MS}`;
/** What a partition was sized by no longer counts: numbers jump when a store is moved in. */
const FORGET_PACE = `
  UPDATE history SET added_at = latchhook_now(),
    added_uid = CASE kind WHEN 'event' THEN (SELECT last_value FROM event_id_seq)
      ELSE (SELECT last_value FROM delivery_uid_seq) END`;
/** So many partitions take in what comes, at most: a statement may have to look into each. */
const MOST_PARTITIONS = 26;
/** Rows at first, until it is known how large they are. */
const FIRST_ROWS = 64;

export interface PostgresSideOptions {
  url: string;
  keyring: Keyring;
  release: string | null;
}

/**
 * A source must have the schema of this release; a target is brought there, and may be empty.
 * @throws MoveRefused, KeyringError, SchemaTooNew, StoreUnavailable
 */
export async function openPostgresSide(options: PostgresSideOptions, as: 'source' | 'target'): Promise<Side> {
  const server = new Server(options.url);
  const pool = new Pool(server, 1);
  try {
    const name = await pool.use(async (line) => {
      const [database] = await line.run<{ name: string }>('SELECT current_database() AS name');
      const shown = `postgres://${server.hosts().join(',')}/${database?.name}`;
      const { number: found } = await readSchema(line);
      refuseOtherSchema(as, { found, known: MIGRATIONS.at(-1)?.number ?? 0, name: shown });
      if (as === 'target') await migrate(line, options.release);
      await refuseNodes(line, shown);
      if (as === 'target') await checkKey(line, options.keyring, false);
      testKey(options.keyring, (await readMeta(line, KEY_CHECK)) ?? '');
      return shown;
    }, DEADLINE_MS);
    return new PostgresSide(pool, name);
  } catch (error) {
    await pool.close();
    throw error;
  }
}

class PostgresSide implements Side {
  readonly name: string;
  readonly #pool: Pool;
  /** Of a step that reads, by how large the rows of the last one were. */
  #rows = FIRST_ROWS;

  constructor(pool: Pool, name: string) {
    this.name = name;
    this.#pool = pool;
  }

  facts(): Promise<SideFacts> {
    return this.#transaction(async (line) => {
      const [clock] = await line.run<{ now: number }>(NOW);
      const numbers = await line.run<{ name: string; value: number }>(READ_NUMBERS);
      const number = (name: string) => numbers.find((row) => row.name === name)?.value ?? 0;
      const given: Record<string, number> = {};
      for (const { name, counted } of MOVED_TABLES) {
        if (counted) given[name] = await lastGiven(line, sequence(name, counted));
      }
      return {
        identity: identityOf((await readMeta(line, KEY_CHECK)) ?? ''),
        mark: await readMeta(line, MARK),
        numbers: {
          generation: number('generation'),
          'log filed': number('log filed'),
          [LAST_PLAIN_UID]: number(LAST_PLAIN_UID),
        },
        storeId: (await readMeta(line, STORE_ID)) ?? '',
        given,
        now: clock?.now ?? 0,
      };
    });
  }

  setMark(mark: string | null): Promise<void> {
    return this.#transaction(async (line) => {
      await claim(line, this.name);
      if (mark === null) await line.run(DROP_META, [MARK]);
      else await line.run(WRITE_META, [MARK, mark]);
    });
  }

  count(table: MovedTable): Promise<number> {
    return this.#transaction(async (line) => {
      await line.run(PATIENT);
      const [row] = await line.run<{ count: number }>(countRows(DIALECT, table));
      return row?.count ?? 0;
    });
  }

  async read({ table, after, limit }: ReadRequest): Promise<Batch> {
    if (after === null) this.#rows = FIRST_ROWS;
    const sql = selectRows(DIALECT, table, after !== null);
    const most = Math.min(limit, this.#rows);
    const found = await this.#transaction(async (line) => {
      await line.run(ALONG_THE_KEY);
      return line.run<Record<string, Cell>>(sql, [...(after ?? []), most]);
    }, STEP_MS);
    const columns = columnsOf(table);
    const keys = table.key.map((_, index) => `key ${index}`);
    const batch: Batch = { rows: [], after: null };
    let bytes = 0;
    for (const row of found) {
      const cells = columns.map((column) => row[column] ?? null);
      batch.rows.push(cells);
      bytes += bytesOf(cells);
    }
    const last = found.at(-1);
    if (last) {
      batch.after = keys.map((key) => last[key] ?? null);
      const fitting = Math.floor((STEP_BYTES * found.length) / Math.max(1, bytes));
      this.#rows = Math.max(1, Math.min(2 * this.#rows, fitting));
    }
    return batch;
  }

  begin({ mark, given }: Parameters<Side['begin']>[0]): Promise<void> {
    return this.#transaction(async (line) => {
      await line.run(PATIENT);
      await claim(line, this.name);
      for (const { name } of MOVED_TABLES) {
        const rows = await line.run(`SELECT 1 AS found FROM "${tableName(name)}" LIMIT 1`);
        if (rows.length > 0) {
          throw new MoveRefused(`${this.name} holds data already (${name}): give a database that is empty`);
        }
      }
      await raise(line, given);
      await line.run(FORGET_PACE);
      const most = Math.max(given['event'] ?? 0, given['delivery'] ?? 0);
      const units = Math.ceil(most / MOST_PARTITIONS / PARTITION_UNIT);
      await addPartitions(line, Math.max(1, units) * PARTITION_UNIT);
      await line.run(WRITE_META, [MARK, mark]);
    });
  }

  /** All at once: nothing of it has to be waited for before the rest is sent. */
  async write({ table, rows, mark }: Parameters<Side['write']>[0]): Promise<void> {
    await this.#pool.use(async (line) => {
      const answers = await Promise.all([
        line.run('BEGIN'),
        line.run(UNHURRIED),
        line.run(insertRows(table), rowValues(table, rows)),
        line.run(WRITE_META, [MARK, mark]),
        line.run('COMMIT'),
      ]);
      if (answers.at(-1)?.command !== 'COMMIT') throw new Error('a step was rolled back before its end');
    }, DEADLINE_MS);
  }

  finish({ mark, numbers, storeId, given }: Parameters<Side['finish']>[0]): Promise<void> {
    return this.#transaction(async (line) => {
      await line.run(PATIENT);
      await raise(line, given);
      for (const name of MOVED_NUMBERS) await line.run(WRITE_NUMBER, [name, numbers[name]]);
      await line.run(WRITE_META, [STORE_ID, storeId]);
      // Until it has looked by itself, the server plans as if there were nothing.
      await line.script(`ANALYZE ${MOVED_TABLES.map(({ name }) => `"${tableName(name)}"`).join(', ')}`);
      await line.run(WRITE_META, [MARK, mark]);
    });
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #transaction<Result>(work: (line: Line) => Promise<Result>, deadlineMs = DEADLINE_MS): Promise<Result> {
    return this.#pool.use((line) => line.transaction(() => work(line)), deadlineMs);
  }
}

/** From here on no node opens a session unseen: it would find the mark. */
async function claim(line: Line, name: string): Promise<void> {
  await line.run(lockAlone(LOCK.schema));
  await line.run(lockAlone(LOCK.sessions));
  await refuseNodes(line, name);
}

async function refuseNodes(line: Line, name: string): Promise<void> {
  const [nodes] = await line.run<{ living: number }>(NODES);
  if (!nodes || nodes.living === 0) return;
  const run = nodes.living === 1 ? '1 node runs' : `${nodes.living} nodes run`;
  throw new MoveRefused(`${run} on ${name}: stop them first; one that was killed counts for 15 s more`);
}

const sequence = (table: string, column: string) => `${tableName(table)}_${column}_seq`;

async function lastGiven(line: Line, name: string): Promise<number> {
  const sql = `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS last FROM "${name}"`;
  const [row] = await line.run<{ last: number }>(sql);
  return row?.last ?? 0;
}

/** A sequence is not rolled back; setting it again to the same changes nothing. */
async function raise(line: Line, given: SideFacts['given']): Promise<void> {
  for (const { name, counted } of MOVED_TABLES) {
    const last = given[name] ?? 0;
    if (counted && last > 0)
      await line.run('SELECT setval($1::regclass, $2)', [sequence(name, counted), last]);
  }
}
