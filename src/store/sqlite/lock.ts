import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isBusy, unopened } from './connection.js';
import { sqliteDriver } from './driver.js';

export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse';
  readonly directory: string;

  constructor(directory: string, cause: unknown) {
    super(`another Latchhook server is running on the data directory ${directory}`, { cause });
    this.directory = directory;
  }
}

export interface Lock {
  /** Twice is fine. */
  release(): void;
}

/**
 * An open exclusive transaction on a side database. It guards the engine, not the data: tools may read and
 * write beside a running server, a second engine may not run. The system frees it with the process, also
 * after `kill -9`, which a file with a process id does not survive. Throws `DataDirectoryInUse`.
 */
export function takeLock(databaseFile: string): Lock {
  const directory = dirname(databaseFile);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, 'latchhook.lock');
  // Opening it and closing it again would free a lock that this process holds on it: only when it is new.
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const database = new (sqliteDriver())(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw isBusy(error) ? new DataDirectoryInUse(directory, error) : unopened(error, file);
  }
  return { release: () => database.close() };
}
