import { StoreUnavailable } from '../store.js';
import { translated } from './failure.js';
import { Line } from './line.js';
import type { Server } from './server.js';

/** Waiting for a connection, and then for all of a transaction's answers. Longer than the server's own limit. */
export const DEADLINE_MS = 10_000;
/** Between two attempts to connect after one failed; meanwhile everything is refused at once. */
const FIRST_REST_MS = 50;
const LONGEST_REST_MS = 1_000;

interface Waiting {
  /** Its turn has come: from now on opening the connection is what takes time, and that has a limit of its own. */
  stopTimer(): void;
  resolve(line: Line): void;
  reject(error: unknown): void;
}

/** A fixed number of lines, each opened when it is needed and replaced when it is lost. */
export class Pool {
  readonly #server: Server;
  readonly #waitMs: number;
  readonly #lines: (Line | null)[];
  /** Places that nobody uses, the one used last at the end. */
  readonly #free: number[];
  readonly #waiting: Waiting[] = [];
  #resting: unknown = null;
  #restMs = FIRST_REST_MS;
  #closed = false;
  #idle: (() => void)[] = [];

  /** @param waitMs for a connection that is in use */
  constructor(server: Server, size: number, waitMs = DEADLINE_MS) {
    this.#server = server;
    this.#waitMs = waitMs;
    this.#lines = Array.from({ length: size }, () => null);
    this.#free = Array.from({ length: size }, (_, index) => size - 1 - index);
  }

  /**
   * Runs `work` on a line of its own. Past the deadline its connection is ended: nothing of it is sent later.
   * Rejects with `StoreUnavailable`, and with what `work` rejects with.
   */
  async use<Result>(work: (line: Line) => Promise<Result>, deadlineMs = DEADLINE_MS): Promise<Result> {
    const line = await this.#acquire();
    const timer = setTimeout(
      () => line.destroy(new StoreUnavailable('the database did not answer in time')),
      deadlineMs,
    );
    try {
      return await work(line);
    } catch (error) {
      throw translated(
        line.lost !== null && !(error instanceof StoreUnavailable) ? unanswered(error) : error,
      );
    } finally {
      clearTimeout(timer);
      this.#release(line);
    }
  }

  /** Waits for what is under way; refuses everything from now on. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#takeAll()) reject(closed());
    if (this.#free.length < this.#lines.length) {
      await new Promise<void>((resolve) => this.#idle.push(resolve));
    }
    await Promise.all(this.#lines.map((line) => line?.close()));
  }

  async #acquire(): Promise<Line> {
    if (this.#closed) throw closed();
    if (this.#resting !== null) throw this.#resting;
    const index = this.#free.pop();
    if (index === undefined) return this.#wait();
    return this.#opened(index);
  }

  #wait(): Promise<Line> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
        reject(new StoreUnavailable('no connection to the database came free in time'));
      }, this.#waitMs);
      const waiting = { stopTimer: () => clearTimeout(timer), resolve, reject };
      this.#waiting.push(waiting);
    });
  }

  /** Those who wait, each without its timer: what becomes of them is the caller's. */
  #takeAll(): Waiting[] {
    const all = this.#waiting.splice(0);
    for (const { stopTimer } of all) stopTimer();
    return all;
  }

  async #opened(index: number): Promise<Line> {
    const known = this.#lines[index] ?? null;
    if (known && known.lost === null) return known;
    try {
      const line = await Line.open(this.#server, index);
      this.#lines[index] = line;
      this.#restMs = FIRST_REST_MS;
      return line;
    } catch (error) {
      this.#lines[index] = null;
      const reason = unanswered(error);
      this.#rest(reason);
      this.#freed(index);
      throw reason;
    }
  }

  #rest(reason: unknown): void {
    if (this.#resting === null) {
      setTimeout(() => {
        this.#resting = null;
      }, this.#restMs).unref();
      this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2);
    }
    this.#resting = reason;
    for (const { reject } of this.#takeAll()) reject(reason);
  }

  #release(line: Line): void {
    if (line.lost !== null) this.#lines[line.index] = null;
    this.#freed(line.index);
  }

  #freed(index: number): void {
    const next = this.#waiting.shift();
    if (next) {
      next.stopTimer();
      this.#opened(index).then(next.resolve, next.reject);
      return;
    }
    this.#free.push(index);
    if (this.#free.length === this.#lines.length) for (const resolve of this.#idle.splice(0)) resolve();
  }
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('the store is closed');
}

/** Whatever a line without a connection says, it means that the database cannot be asked. */
function unanswered(error: unknown): unknown {
  const known = translated(error);
  if (known instanceof StoreUnavailable) return known;
  const why = error instanceof Error ? `: ${error.message}` : '';
  return new StoreUnavailable(`the database cannot be reached${why}`, { cause: error });
}
