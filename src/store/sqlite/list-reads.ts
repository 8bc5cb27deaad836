import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../clock.js';
import { type Asking, goOn } from '../asking.js';
import { StoreUnavailable } from '../store.js';
import type { Reader } from './reader.js';

/** ms; most lists take 1 to 15. */
const AT_ONCE_MS = 25;
/** ms of a turn of the event loop, and what is left of the statement in which they end. */
const TURN_MS = 10;

/** What lists are read through: `make` binds them to a connection. */
export interface ListReadsOptions<Lists> {
  reader: Reader;
  /** A second connection, whose transaction stays open over several turns. */
  slowReader: Reader;
  clock: Clock;
  make(reader: Reader): Lists;
}

/**
 * Reads lists without stopping everybody for long: with many values in its filters one can take seconds over a
 * million deliveries. A list that does not end soon begins again on a connection of its own and goes on in turns,
 * in one transaction; one of them at a time, in the order in which they came.
 */
export class ListReads<Lists> {
  readonly #reader: Reader;
  readonly #slowReader: Reader;
  readonly #clock: Clock;
  readonly #lists: Lists;
  readonly #slowLists: Lists;
  /** Ends with the last slow list, and never fails. */
  #slow: Promise<unknown> = Promise.resolve();

  constructor({ reader, slowReader, clock, make }: ListReadsOptions<Lists>) {
    this.#reader = reader;
    this.#slowReader = slowReader;
    this.#clock = clock;
    this.#lists = make(reader);
    this.#slowLists = make(slowReader);
  }

  async read<Result>(steps: (lists: Lists) => Asking<Result>): Promise<Result> {
    const step = this.#reader.snapshot(() => goOn(steps(this.#lists), undefined, this.#after(AT_ONCE_MS)));
    if (step.done) return step.value;
    const reading = this.#slow.then(() => this.#inTurns(steps(this.#slowLists)));
    this.#slow = reading.catch(() => {});
    return reading;
  }

  async #inTurns<Result>(asking: Asking<Result>): Promise<Result> {
    const { database } = this.#slowReader;
    this.#slowReader.read(() => database.exec('BEGIN'));
    try {
      for (let answer: unknown; ; ) {
        const step = this.#slowReader.read(() => goOn(asking, answer, this.#after(TURN_MS)));
        if (step.done) return step.value;
        answer = step.value;
        await nextTurn();
        if (!database.open) throw new StoreUnavailable('the store is closed');
      }
    } finally {
      if (database.open) database.exec('ROLLBACK');
    }
  }

  #after(ms: number): () => boolean {
    const end = this.#clock.monotonic() + ms;
    return () => this.#clock.monotonic() >= end;
  }

  close(): void {
    this.#slowReader.database.close();
  }
}
