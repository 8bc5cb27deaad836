import type { ReplicationFacts } from '../../domain/standby.js';
import { agesOf, FAILED_LOGIN_MS, FAILED_LOGINS, FORGOTTEN_WITH_EACH } from '../failed-logins.js';
import { type News, type NodeStore, StoreUnavailable } from '../store.js';
import type { NewsLine } from './news-line.js';
import type { Reader } from './reader.js';
import { readReplication } from './standby.js';
import type { Writer } from './transaction.js';

const NEWEST = `
  SELECT f.at, t.now FROM latchhook_now() AS t (now), failed_login f
  WHERE f.pair = $1 AND f.at > t.now - ${FAILED_LOGIN_MS} AND f.at < t.now + ${FAILED_LOGIN_MS}
  ORDER BY f.at DESC, f.id DESC LIMIT ${FAILED_LOGINS}`;
const INSERT = 'INSERT INTO failed_login (pair, at) VALUES ($1, $2)';
/** Rows that another node forgets at this moment are left to it. */
const FORGET = `
  DELETE FROM failed_login WHERE id IN (
    SELECT id FROM failed_login WHERE at <= $1 ORDER BY at LIMIT ${FORGOTTEN_WITH_EACH} FOR UPDATE SKIP LOCKED)`;

interface FailedRow {
  at: number;
  now: number;
}

const NOTHING: News = { webhooks: false, lanes: [] };

export class PostgresNodes implements NodeStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #line: NewsLine;
  #heard: News = NOTHING;
  #waiting: { timer: NodeJS.Timeout; resolve: (news: News) => void } | null = null;
  #closed = false;

  constructor(writer: Writer, reader: Reader, line: NewsLine) {
    this.#writer = writer;
    this.#reader = reader;
    this.#line = line;
    line.follow((news) => this.#hear(news));
    writer.news.onFirst(() => setImmediate(() => line.tell(writer.news.take())));
  }

  news({ waitMs }: { waitMs: number }): Promise<News> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the store is closed'));
    this.#line.open();
    this.#answer(NOTHING);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(NOTHING), waitMs);
      timer.unref();
      this.#waiting = { timer, resolve };
      if (this.#heard.webhooks || this.#heard.lanes.length > 0) this.#hear(NOTHING);
    });
  }

  replication(): Promise<ReplicationFacts> {
    return this.#reader.read(readReplication);
  }

  async failedLogins(pair: string): Promise<number[]> {
    const rows = await this.#reader.read((line) => line.run<FailedRow>(NEWEST, [pair]));
    return agesOf(
      rows.map(({ at }) => at),
      rows[0]?.now ?? 0,
    );
  }

  loginFailed(pair: string): Promise<number[]> {
    return this.#writer.transaction(async (tx) => {
      await tx.run(FORGET, [tx.now - FAILED_LOGIN_MS]);
      await tx.run(INSERT, [pair, tx.now]);
      const rows = await tx.run<FailedRow>(NEWEST, [pair]);
      return agesOf(
        rows.map(({ at }) => at),
        tx.now,
      );
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#answer(NOTHING);
    await this.#line.close();
  }

  #hear(news: News): void {
    this.#heard = {
      webhooks: this.#heard.webhooks || news.webhooks,
      lanes: [...new Set([...this.#heard.lanes, ...news.lanes])].slice(0, MOST_KEPT),
    };
    if (!this.#waiting) return;
    const heard = this.#heard;
    this.#heard = NOTHING;
    this.#answer(heard);
  }

  #answer(news: News): void {
    if (!this.#waiting) return;
    const { timer, resolve } = this.#waiting;
    this.#waiting = null;
    clearTimeout(timer);
    resolve(news);
  }
}

/** Lanes; a poll finds the others. */
const MOST_KEPT = 10_000;
