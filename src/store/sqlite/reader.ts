import { StoreUnavailable } from '../store.js';
import { type Connection, translated } from './connection.js';

/** The read-only connection of listings and gets: it never waits for a writer, and no writer waits for it. */
export class Reader {
  readonly database: Connection;

  constructor(database: Connection) {
    this.database = database;
  }

  /** For one statement. */
  read<Result>(work: () => Result): Result {
    if (!this.database.open) throw new StoreUnavailable('the store is closed');
    try {
      return work();
    } catch (error) {
      throw translated(error);
    }
  }

  /** For several statements that must agree with each other. */
  snapshot<Result>(work: () => Result): Result {
    return this.read(() => this.database.transaction(work).deferred());
  }
}
