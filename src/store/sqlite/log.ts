import { type Asking, atOnce } from '../asking.js';
import { fileEvents, worthFiling } from '../panel-log/filing.js';
import { listLog } from '../panel-log/listing.js';
import { lastEvent } from '../panel-log/pages.js';
import { readPlace, writeCleared, writeListed } from '../panel-log/readers.js';
import { type LogRequest, type LogStore, type StoredEvent, StoreUnavailable } from '../store.js';
import { Statements } from './listing-statements.js';
import { Shown } from './log-shown.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

/** Events in one transaction, where one has to file all that wait. */
const FILE_AT_ONCE = 1000;
/** Nothing is written behind the last event: ids are given in the order of the commits. */
const ALL = Number.MAX_SAFE_INTEGER;

export class SqliteLog implements LogStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #read: Statements;
  readonly #written: Statements;
  readonly #shown = new Shown();

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
    this.#read = new Statements(reader.database);
    this.#written = new Statements(writer.database);
  }

  async items(request: LogRequest): Promise<{ total: number; rows: StoredEvent[] }> {
    return this.#reader.snapshot(() => {
      const listed = atOnce(this.#list(request));
      if (listed.step) this.#shown.add(request.account, listed.step, listed.place.listed);
      return { total: listed.total, rows: listed.rows };
    });
  }

  async clear(account: string): Promise<void> {
    this.#write(function* (rows) {
      while ((yield* fileEvents(rows, ALL, FILE_AT_ONCE)) === FILE_AT_ONCE);
      yield* writeCleared(rows, account, yield* readPlace(rows, account));
    });
  }

  async file(limit: number): Promise<{ more: boolean }> {
    const worthwhile = this.#reader.read(() => atOnce(worthFiling(this.#read, ALL)));
    if (!worthwhile && this.#shown.size === 0) return { more: false };
    return this.#write(function* (rows) {
      return { more: worthwhile && (yield* fileEvents(rows, ALL, limit)) === limit };
    });
  }

  /** Before the store closes; what cannot be written is shown again. */
  close(): void {
    if (this.#shown.size === 0) return;
    try {
      this.#write(function* () {});
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  *#list(request: LogRequest) {
    return yield* listLog(this.#read, request, yield* lastEvent(this.#read));
  }

  /** One transaction, with what accounts were shown since the last. */
  #write<Result>(steps: (rows: Statements) => Asking<Result>): Result {
    const shown = this.#shown.entries();
    const rows = this.#written;
    const result = this.#writer.transaction(() =>
      atOnce(
        (function* () {
          for (const [account, mark] of shown) {
            yield* writeListed(rows, account, yield* readPlace(rows, account), mark);
          }
          return yield* steps(rows);
        })(),
      ),
    );
    this.#shown.forget(shown.map(([account]) => account));
    return result;
  }
}
