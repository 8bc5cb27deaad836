import { existsSync } from 'node:fs';
import type { Clock } from '../../clock.js';
import { KEY_CHECK, testKey } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import { identityOf, MARK, refuseOtherSchema } from '../moving/mark.js';
import { bytesOf, countRows, type MoveDialect, quoted, STEP_BYTES, selectRows } from '../moving/select.js';
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
  MOVED_TABLES,
  type MovedNumbers,
  type MovedTable,
  STORE_ID,
} from '../moving/tables.js';
import { type Connection, openReader, openWriter, translated, unopened } from './connection.js';
import { checkKey } from './key-check.js';
import { DataDirectoryInUse, type Lock, takeLock } from './lock.js';
import { MIGRATIONS, migrate, readMeta, readSchema } from './schema.js';

const DIALECT: MoveDialect = {
  table: (name) => name,
  // Its own order is the one that it is forgotten in, and has an index.
  key: ({ name, key }) => (name === 'idempotency' ? ['id'] : key),
  value: () => '?',
  integer: (expression) => expression,
};
const WRITE_META = 'INSERT OR REPLACE INTO meta VALUES (?, ?)';
const DROP_META = 'DELETE FROM meta WHERE name = ?';
const GIVEN = 'SELECT seq FROM sqlite_sequence WHERE name = ?';
const RAISE = 'UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?';
const BEGIN_COUNTING = 'INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)';

/** A tool beside it may be writing. */
const BUSY_TIMEOUT_MS = 10_000;

export interface SqliteSideOptions {
  file: string;
  keyring: Keyring;
  clock: Clock;
  release: string | null;
}

/**
 * Takes the lock of the data folder. A source must be there, with the schema of this release; a target is made.
 * @throws MoveRefused, KeyringError, SchemaTooNew, and what the disk says, with the file's name
 */
export function openSqliteSide(options: SqliteSideOptions, as: 'source' | 'target'): Side {
  const { file } = options;
  if (as === 'source' && !existsSync(file)) throw new MoveRefused(`there is no database at ${file}`);
  const lock = lockOf(file);
  try {
    return new SqliteSide(options, as, lock);
  } catch (error) {
    lock.release();
    throw unopened(error, file);
  }
}

function lockOf(file: string): Lock {
  try {
    return takeLock(file);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUse)) throw error;
    throw new MoveRefused(`${error.message}: stop it first`, { cause: error });
  }
}

class SqliteSide implements Side {
  readonly name: string;
  readonly #clock: Clock;
  readonly #lock: Lock;
  readonly #database: Connection;
  readonly #reader: Connection;

  constructor({ file, keyring, clock, release }: SqliteSideOptions, as: 'source' | 'target', lock: Lock) {
    this.name = `sqlite:${file}`;
    this.#clock = clock;
    this.#lock = lock;
    this.#database = openWriter(file, { busyTimeoutMs: BUSY_TIMEOUT_MS });
    try {
      const { number: found } = readSchema(this.#database);
      refuseOtherSchema(as, { found, known: MIGRATIONS.at(-1)?.number ?? 0, name: this.name });
      if (as === 'target') migrate(this.#database, release);
      if (as === 'target') checkKey(this.#database, keyring, false, clock.now());
      testKey(keyring, this.#keyCheck());
      this.#reader = openReader(file, BUSY_TIMEOUT_MS);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  async facts(): Promise<SideFacts> {
    return this.#tried(() => ({
      identity: identityOf(this.#keyCheck()),
      mark: readMeta(this.#database, MARK),
      numbers: {
        generation: Number(readMeta(this.#database, 'generation') ?? 0),
        'log filed': Number(readMeta(this.#database, 'log filed') ?? 0),
        [LAST_PLAIN_UID]: Number(readMeta(this.#database, LAST_PLAIN_UID) ?? 0),
      },
      storeId: readMeta(this.#database, STORE_ID) ?? '',
      given: Object.fromEntries(
        MOVED_TABLES.flatMap(({ name, counted }) => (counted ? [[name, this.#given(name, counted)]] : [])),
      ),
      now: this.#clock.now(),
    }));
  }

  async setMark(mark: string | null): Promise<void> {
    this.#tried(() => {
      if (mark === null) this.#database.prepare(DROP_META).run(MARK);
      else this.#database.prepare(WRITE_META).run(MARK, mark);
    });
  }

  async count(table: MovedTable): Promise<number> {
    const sql = countRows(DIALECT, table);
    return this.#tried(() => this.#reader.prepare<[], { count: number }>(sql).get()?.count ?? 0);
  }

  async read({ table, after, limit }: ReadRequest): Promise<Batch> {
    const statement = this.#reader.prepare(selectRows(DIALECT, table, after !== null)).raw();
    const width = columnsOf(table).length;
    return this.#tried(() => {
      const batch: Batch = { rows: [], after: null };
      let bytes = 0;
      for (const cells of statement.iterate(...(after ?? []), limit) as IterableIterator<Cell[]>) {
        batch.after = cells.splice(width);
        batch.rows.push(cells);
        bytes += bytesOf(cells);
        if (bytes >= STEP_BYTES) break;
      }
      return batch;
    });
  }

  async begin({ mark }: { mark: string }): Promise<void> {
    this.#transaction(() => {
      const full = MOVED_TABLES.find(({ name }) =>
        this.#database.prepare(`SELECT 1 FROM ${quoted(name)} LIMIT 1`).get(),
      );
      if (full)
        throw new MoveRefused(
          `${this.name} holds data already (${full.name}): give a file that is not there yet`,
        );
      this.#database.prepare(WRITE_META).run(MARK, mark);
    });
  }

  async write({ table, rows, mark }: Parameters<Side['write']>[0]): Promise<void> {
    const columns = columnsOf(table);
    const insert = this.#database.prepare(
      `INSERT INTO ${quoted(table.name)} (${columns.map(quoted).join(', ')})
       VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.#transaction(() => {
      for (const row of rows) insert.run(...row);
      this.#database.prepare(WRITE_META).run(MARK, mark);
    });
  }

  async finish({ mark, numbers, storeId, given }: Parameters<Side['finish']>[0]): Promise<void> {
    this.#transaction(() => {
      const write = this.#database.prepare(WRITE_META);
      for (const name of Object.keys(numbers) as (keyof MovedNumbers)[]) write.run(name, numbers[name]);
      write.run(STORE_ID, storeId);
      for (const { name, counted } of MOVED_TABLES) {
        const last = given[name] ?? 0;
        if (counted === undefined || last === 0 || !this.#isCounted(name)) continue;
        if (this.#database.prepare(RAISE).run(last, name).changes === 0)
          this.#database.prepare(BEGIN_COUNTING).run(name, last);
      }
      write.run(MARK, mark);
    });
  }

  async close(): Promise<void> {
    this.#reader.close();
    this.#database.close();
    this.#lock.release();
  }

  #keyCheck(): string {
    return readMeta(this.#database, KEY_CHECK) ?? '';
  }

  #given(name: string, column: string): number {
    const greatest = `SELECT coalesce(max(${quoted(column)}), 0) AS seq FROM ${quoted(name)}`;
    const row = this.#database.prepare<[string], { seq: number }>(GIVEN).get(name);
    return (row ?? this.#database.prepare<[], { seq: number }>(greatest).get())?.seq ?? 0;
  }

  /** Others count on from their greatest row: nobody outside sees their numbers. */
  #isCounted(name: string): boolean {
    const sql = this.#database
      .prepare<[string], { sql: string }>('SELECT sql FROM sqlite_schema WHERE name = ?')
      .get(name)?.sql;
    return sql?.includes('AUTOINCREMENT') ?? false;
  }

  #transaction(work: () => void): void {
    this.#tried(() => this.#database.transaction(work).immediate());
  }

  #tried<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  }
}
