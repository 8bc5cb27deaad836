import type { Timer } from '../../clock.js';
import { agesOf, FAILED_LOGIN_MS, FAILED_LOGINS, FORGOTTEN_WITH_EACH } from '../failed-logins.js';
import { type News, type NodeStore, StoreUnavailable } from '../store.js';
import type { Writer } from './transaction.js';

const NEWEST = `
  SELECT at FROM failed_login WHERE pair = ? AND at > ? AND at < ? ORDER BY at DESC, id DESC LIMIT ${FAILED_LOGINS}`;
const INSERT = 'INSERT INTO failed_login (pair, at) VALUES (?, ?)';
const FORGET = `
  DELETE FROM failed_login WHERE id IN (
    SELECT id FROM failed_login WHERE at <= ? ORDER BY at LIMIT ${FORGOTTEN_WITH_EACH})`;

/** There is one node: it has no news of others. */
export class SqliteNodes implements NodeStore {
  readonly #writer: Writer;
  readonly #newest;
  readonly #insert;
  readonly #forget;
  #waiting: { timer: Timer; end: () => void } | null = null;
  #closed = false;

  constructor(writer: Writer) {
    const { database } = writer;
    this.#writer = writer;
    this.#newest = database.prepare<[string, number, number], { at: number }>(NEWEST);
    this.#insert = database.prepare<[string, number]>(INSERT);
    this.#forget = database.prepare<[number]>(FORGET);
  }

  news({ waitMs }: { waitMs: number }): Promise<News> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the store is closed'));
    return new Promise((resolve) => {
      const end = () => {
        this.#waiting?.timer.cancel();
        this.#waiting = null;
        resolve({ webhooks: false, lanes: [] });
      };
      this.#waiting = { timer: this.#writer.clock.schedule(waitMs, end), end };
    });
  }

  async replication(): Promise<null> {
    return null;
  }

  async failedLogins(pair: string): Promise<number[]> {
    return this.#writer.transaction(({ now }) => this.#ages(pair, now));
  }

  async loginFailed(pair: string): Promise<number[]> {
    return this.#writer.transaction(({ now }) => {
      this.#forget.run(now - FAILED_LOGIN_MS);
      this.#insert.run(pair, now);
      return this.#ages(pair, now);
    });
  }

  close(): void {
    this.#closed = true;
    this.#waiting?.end();
  }

  #ages(pair: string, now: number): number[] {
    const rows = this.#newest.all(pair, now - FAILED_LOGIN_MS, now + FAILED_LOGIN_MS);
    return agesOf(
      rows.map(({ at }) => at),
      now,
    );
  }
}
