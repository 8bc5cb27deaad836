import type { Timer } from '../../clock.js';
import { ageOf, FAILED_LOGIN_MS, FORGOTTEN_WITH_EACH } from '../failed-logins.js';
import {
  type FailedLogin,
  type FailedLoginCount,
  type News,
  type NodeStore,
  StoreUnavailable,
} from '../store.js';
import type { Writer } from './transaction.js';

const NTH_NEWEST =
  'SELECT at FROM failed_login WHERE pair = ? AND at > ? AND at < ? ORDER BY at DESC LIMIT 1 OFFSET ?';
const INSERT = 'INSERT INTO failed_login (pair, at) VALUES (?, ?)';
const FORGET = `
  DELETE FROM failed_login WHERE id IN (
    SELECT id FROM failed_login WHERE at <= ? ORDER BY at LIMIT ?)`;

/** There is one node: it has no news of others. */
export class SqliteNodes implements NodeStore {
  readonly #writer: Writer;
  readonly #nthNewest;
  readonly #insert;
  readonly #forget;
  #waiting: { timer: Timer; end: () => void } | null = null;
  #closed = false;

  constructor(writer: Writer) {
    const { database } = writer;
    this.#writer = writer;
    this.#nthNewest = database.prepare<[string, number, number, number], { at: number }>(NTH_NEWEST);
    this.#insert = database.prepare<[string, number]>(INSERT);
    this.#forget = database.prepare<[number, number]>(FORGET);
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

  async failedLogins(asked: readonly FailedLoginCount[]): Promise<(number | null)[]> {
    return this.#writer.transaction(({ now }) =>
      asked.map(({ count, nth }) => {
        const row = this.#nthNewest.get(count, now - FAILED_LOGIN_MS, now + FAILED_LOGIN_MS, nth - 1);
        return ageOf(row?.at, now);
      }),
    );
  }

  async loginsFailed(failures: readonly FailedLogin[]): Promise<void> {
    this.#writer.transaction(({ now }) => {
      this.#forget.run(now - FAILED_LOGIN_MS, failures.length * FORGOTTEN_WITH_EACH);
      for (const { count, ago } of failures) this.#insert.run(count, now - Math.round(ago));
    });
  }

  close(): void {
    this.#closed = true;
    this.#waiting?.end();
  }
}
