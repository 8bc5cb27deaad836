import { atOnce } from '../asking.js';
import { cutEvents } from '../retention/cut.js';
import { forgetJobs } from '../retention/leftovers.js';
import type { CutRequest, CutStep } from '../store.js';
import { type Connection, translated } from './connection.js';
import { Statements } from './listing-statements.js';
import type { Writer } from './transaction.js';

/** Pages of 4 KiB in one step: moving them takes about 6 ms. */
const PAGES = 256;
/** This part of the file stays free for what comes next: giving all of it back would only let it grow again. */
const RESERVED = 1 / 50;

/** Forgets what is old, and gives the room that it took back to the disk. */
export class History {
  readonly #rows: Statements;

  constructor(database: Connection, levels: readonly number[]) {
    this.#rows = new Statements(database, levels);
  }

  cut(writer: Writer, request: CutRequest): CutStep {
    const rows = this.#rows;
    const { empty: _, ...step } = writer.transaction((tx) =>
      atOnce(
        cutEvents(rows, request, {
          now: tx.now,
          // There is nobody else.
          locking: '',
          waiting: '',
          left: (delivery, state, endedAt) => tx.tally.left(delivery, state, endedAt),
        }),
      ),
    );
    if (step.more) return step;
    if (this.#giveBack(writer.database)) return { ...step, more: true };
    const { keepMs, limit } = request;
    writer.transaction((tx) => atOnce(forgetJobs(rows, { cutoff: tx.now - keepMs, limit })));
    return step;
  }

  /** Moves what lies at the end of the file into free pages before it. True: there is more to do. */
  #giveBack(database: Connection): boolean {
    try {
      const free = number(database, 'freelist_count') - Math.ceil(number(database, 'page_count') * RESERVED);
      if (free < PAGES) return false;
      database.pragma(`incremental_vacuum(${PAGES})`);
      return true;
    } catch (error) {
      throw translated(error);
    }
  }
}

function number(database: Connection, pragma: string): number {
  return database.pragma(pragma, { simple: true }) as number;
}
