import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { StoreUnavailable } from '../store.js';
import { sqliteDriver } from './driver.js';

export type Connection = BetterSqlite3.Database;

export interface WriterOptions {
  /** How long a statement waits for another process, ms. The event loop stands still meanwhile. */
  busyTimeoutMs: number;
  /** The database grows no further than this many pages of 4 KiB; then it is full. */
  maxPageCount?: number | undefined;
}

/** Creates the file (mode 0600, also for the log beside it) and its directory where they are missing. */
export function openWriter(file: string, options: WriterOptions): Connection {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  createPrivate(file);
  const database = new (sqliteDriver())(file, { timeout: options.busyTimeoutMs });
  // Before anything is written: it cannot be switched on later, and without it a file never shrinks.
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = OFF');
  database.pragma('cache_size = -32768');
  // After a burst the log is cut back to this, instead of keeping its largest size for ever.
  database.pragma('journal_size_limit = 67108864');
  if (options.maxPageCount !== undefined) database.pragma(`max_page_count = ${options.maxPageCount}`);
  return database;
}

/** Sees every commit that was finished before a statement begins. */
export function openReader(file: string, busyTimeoutMs: number): Connection {
  return new (sqliteDriver())(file, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
}

function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function sqliteCode(error: unknown): string | null {
  return error instanceof sqliteDriver().SqliteError ? error.code : null;
}

export function isFull(error: unknown): boolean {
  return sqliteCode(error) === 'SQLITE_FULL';
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error)?.startsWith('SQLITE_BUSY') ?? false;
}

/** Turns what says "not now" into `StoreUnavailable`; anything else is returned as it is. */
export function translated(error: unknown, inDoubt = false): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  if (isFull(error)) return new StoreUnavailable('the disk is full', { cause: error });
  if (isBusy(error)) return new StoreUnavailable('another process keeps the database busy', { cause: error });
  if (code.startsWith('SQLITE_IOERR') || code === 'SQLITE_CANTOPEN' || code === 'SQLITE_READONLY') {
    return new StoreUnavailable(`the disk does not work (${code})`, { cause: error, inDoubt });
  }
  // Trying the same again at once would help as little: it is a person who has to.
  if (code === 'SQLITE_NOMEM') return new StoreUnavailable('SQLite got no memory', { cause: error, inDoubt });
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new StoreUnavailable(`the database is damaged (${code})`, { cause: error, inDoubt });
  }
  return error;
}

/** What SQLite says while a file is opened, as a line for the operator; any other error as it is. */
export function unopened(error: unknown, file: string): unknown {
  const code = sqliteCode(error);
  if (code === null) return error;
  return new Error(`${file} ${reasonOf(code)} (${(error as Error).message})`, { cause: error });
}

function reasonOf(code: string): string {
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return 'is damaged, or was never a database of Latchhook: put a sound copy in its place';
  }
  if (code === 'SQLITE_FULL') return 'cannot be opened: the disk is full';
  if (code.startsWith('SQLITE_READONLY')) return 'and the folder it is in must be writable, and are not';
  if (code.startsWith('SQLITE_BUSY')) return 'is kept busy by another process';
  return 'cannot be opened';
}
