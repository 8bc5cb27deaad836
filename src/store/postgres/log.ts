import { setTimeout as pause } from 'node:timers/promises';
import { inTime } from '../asking.js';
import { askCounter } from '../listing/dialect.js';
import { fileEvents, worthFiling } from '../panel-log/filing.js';
import { type ListedLog, listLog } from '../panel-log/listing.js';
import { isNews, readPlace, writeCleared, writeListed } from '../panel-log/readers.js';
import type { LogRequest, LogStore, StoredEvent } from '../store.js';
import { LOCK, lockAlone } from './locks.js';
import type { Reader } from './reader.js';
import { LineRows } from './rows.js';
import type { Settling } from './settling.js';
import type { Transaction, Writer } from './transaction.js';

/** Events in one transaction, where one has to file all that wait. */
const FILE_AT_ONCE = 1000;
/**
 * How long a listing waits for transactions that are under way, ms; they take a few. Longer ones are of others
 * in the same server: then an account may be shown again what it was shown.
 */
const LONGEST_WAIT_MS = 250;

const NEWEST = `
  SELECT coalesce((SELECT max(id) FROM event), 0) AS last,
    coalesce((SELECT value FROM counter WHERE name = 'settled events'), 0) AS settled`;
const OWN = 'SELECT pg_current_xact_id()::text::bigint AS own';
const OLDEST = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest';
const ENSURE_PLACE = `
  INSERT INTO log_reader (account, listed, cleared, hidden) VALUES ($1, '[]', '[]', 0) ON CONFLICT DO NOTHING`;
const TRY_FILING = `SELECT pg_try_advisory_xact_lock(${LOCK.space}, ${LOCK.filing}) AS alone`;
/** A crash may lose what an account was shown last, and nothing else. */
const UNHURRIED = 'SET LOCAL synchronous_commit = off';

/**
 * Nodes do not commit in the order of ids. A mark covers every event up to a horizon, so that a listing has to
 * know one up to which it can see them all: it waits the few ms until those are there that were on their way
 * before its newest event. What it shows is written before it answers: whichever node is asked to clear then
 * knows it.
 */
export class PostgresLog implements LogStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #settling: Settling;

  constructor(writer: Writer, reader: Reader, settling: Settling) {
    this.#writer = writer;
    this.#reader = reader;
    this.#settling = settling;
  }

  async items(request: LogRequest): Promise<{ total: number; rows: StoredEvent[] }> {
    const { total, rows, step, place } = await this.#list(request);
    if (step && isNews(place, step)) {
      const { account } = request;
      await this.#writer.transaction(async (tx) => {
        await tx.run(UNHURRIED);
        const rows = new LineRows(tx);
        await inTime(writeListed(rows, account, await lockPlace(tx, account), [step]));
      });
    }
    return { total, rows };
  }

  async clear(account: string): Promise<void> {
    await this.#writer.transaction(async (tx) => {
      await tx.run(lockAlone(LOCK.filing));
      const rows = new LineRows(tx);
      const place = await lockPlace(tx, account);
      // Whoever was shown it saw all events up to there.
      const shown = Math.max(0, ...place.listed.map(({ horizon }) => horizon));
      const through = Math.max(shown, await inTime(askCounter(rows, 'settled events')));
      while ((await inTime(fileEvents(rows, through, FILE_AT_ONCE))) === FILE_AT_ONCE);
      await inTime(writeCleared(rows, account, place));
    });
  }

  async file(limit: number): Promise<{ more: boolean }> {
    await this.#settling.advance();
    const worthwhile = await this.#reader.read(async (line) => {
      const rows = new LineRows(line);
      return inTime(worthFiling(rows, await inTime(askCounter(rows, 'settled events'))));
    });
    if (!worthwhile) return { more: false };
    return this.#writer.transaction(async (tx) => {
      // Another node is at it.
      const [row] = await tx.run<{ alone: boolean }>(TRY_FILING);
      if (!row?.alone) return { more: false };
      const rows = new LineRows(tx);
      const through = await inTime(askCounter(rows, 'settled events'));
      return { more: (await inTime(fileEvents(rows, through, limit))) === limit };
    });
  }

  async #list(request: LogRequest): Promise<ListedLog> {
    const newest = await this.#reader.read(async (line) => {
      const [row] = await line.run<{ last: number; settled: number }>(NEWEST);
      const { last = 0, settled = 0 } = row ?? {};
      if (last <= settled) return { last, before: null };
      // Whoever was given a smaller id has an older transaction than this one.
      const [mine] = await line.run<{ own: number }>(OWN);
      return { last, before: mine?.own ?? 0 };
    });
    for (let waited = 0, rest = 1; ; waited += rest, rest *= 2) {
      const listed = await this.#listOnce(request, newest, waited >= LONGEST_WAIT_MS);
      if (listed) return listed;
      await pause(rest);
    }
  }

  /** Null: something is on its way that has to be waited for, unless `anyway`. */
  #listOnce(
    request: LogRequest,
    newest: { last: number; before: number | null },
    anyway: boolean,
  ): Promise<ListedLog | null> {
    return this.#reader.snapshot(async (line) => {
      const rows = new LineRows(line);
      if (newest.before !== null) {
        const [row] = await line.run<{ oldest: number }>(OLDEST);
        if ((row?.oldest ?? 0) <= newest.before) return anyway ? inTime(listLog(rows, request, null)) : null;
      }
      return inTime(listLog(rows, request, newest.last));
    });
  }
}

/** The account's place as nobody else changes it until the transaction's end. */
async function lockPlace(tx: Transaction, account: string) {
  await tx.run(ENSURE_PLACE, [account]);
  return inTime(readPlace(new LineRows(tx), account, ' FOR UPDATE'));
}
