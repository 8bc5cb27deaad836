import { eventTypeCode, eventTypeName } from '../../domain/event-types.js';
import { type LogRequest, type LogStore, type StoredEvent, StoreUnavailable } from '../store.js';
import { ALL_TYPES, type LogEntry } from './log-entries.js';
import { LogFiling } from './log-filing.js';
import { LogPages } from './log-page.js';
import { LogReaders, READ_LOG_READER, type ReaderRow, readMark, Shown } from './log-readers.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

/** `CROSS JOIN` keeps to the order of the ids given. */
const EVENTS = `
  SELECT e.id AS eventId, e.event_type AS eventType, e.created_at AS createdAt, e.data
  FROM json_each(?) page CROSS JOIN event e ON e.id = page.value ORDER BY page.key`;
/** Events in one transaction, where one has to file all that wait. */
const FILE_AT_ONCE = 1000;

type EventRow = Omit<StoredEvent, 'eventType'> & { eventType: number };

export class SqliteLog implements LogStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #pages: LogPages;
  readonly #filing: LogFiling;
  readonly #readers: LogReaders;
  readonly #readReader;
  readonly #events;
  readonly #shown = new Shown();

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
    this.#pages = new LogPages(reader.database);
    this.#filing = new LogFiling(writer.database);
    this.#readers = new LogReaders(writer.database);
    this.#readReader = reader.database.prepare<[string], ReaderRow>(READ_LOG_READER);
    this.#events = reader.database.prepare<[string], EventRow>(EVENTS);
  }

  async items(request: LogRequest): Promise<{ total: number; rows: StoredEvent[] }> {
    const { account, eventTypes } = request;
    return this.#reader.snapshot(() => {
      const own = this.#readReader.get(account);
      const { total, entries, horizon } = this.#pages.page({
        ...request,
        mark: readMark(own?.cleared),
        hidden: own?.hidden ?? 0,
        types: eventTypes === null ? ALL_TYPES : bits(eventTypes),
      });
      const newest = request.asc ? entries.at(-1) : entries[0];
      if (newest) {
        const { createdAt, eventId } = newest;
        this.#shown.add(account, { createdAt, eventId, horizon }, readMark(own?.listed));
      }
      return { total, rows: this.#read(entries) };
    });
  }

  async clear(account: string): Promise<void> {
    this.#write(() => {
      while (this.#filing.file(FILE_AT_ONCE) === FILE_AT_ONCE);
      this.#readers.clear(account);
    });
  }

  async file(limit: number): Promise<{ more: boolean }> {
    const worthwhile = this.#reader.read(() => this.#filing.worthwhile());
    if (!worthwhile && this.#shown.size === 0) return { more: false };
    return this.#write(() => ({ more: worthwhile && this.#filing.file(limit) === limit }));
  }

  /** Before the store closes; what cannot be written is shown again. */
  close(): void {
    if (this.#shown.size === 0) return;
    try {
      this.#write(() => undefined);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  /** One transaction, with what accounts were shown since the last. */
  #write<Result>(work: () => Result): Result {
    const shown = this.#shown.entries();
    const result = this.#writer.transaction(() => {
      for (const [account, mark] of shown) this.#readers.listed(account, mark);
      return work();
    });
    this.#shown.forget(shown.map(([account]) => account));
    return result;
  }

  #read(entries: readonly LogEntry[]): StoredEvent[] {
    const rows = this.#events.all(JSON.stringify(entries.map(({ eventId }) => eventId)));
    if (rows.length !== entries.length) throw new Error('the log names events that are not there');
    return rows.map((row) => ({ ...row, eventType: eventTypeName(row.eventType) }));
  }
}

function bits(eventTypes: readonly string[]): number {
  let types = 0;
  for (const name of new Set(eventTypes)) {
    const code = eventTypeCode(name);
    if (code !== undefined) types += 2 ** code;
  }
  return types;
}
