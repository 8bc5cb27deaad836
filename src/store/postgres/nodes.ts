import type { ReplicationFacts } from '../../domain/standby.js';
import { ageOf, FAILED_LOGIN_MS, FORGOTTEN_WITH_EACH } from '../failed-logins.js';
import {
  type FailedLogin,
  type FailedLoginCount,
  type News,
  type NodeStore,
  StoreUnavailable,
} from '../store.js';
import { numbers, texts } from './literal.js';
import type { NewsLine } from './news-line.js';
import type { Reader } from './reader.js';
import { readReplication } from './standby.js';
import type { Writer } from './transaction.js';

const NTH_NEWEST = `
  SELECT t.now, (
    SELECT f.at FROM failed_login f
    WHERE f.pair = a.count AND f.at > t.now - ${FAILED_LOGIN_MS} AND f.at < t.now + ${FAILED_LOGIN_MS}
    ORDER BY f.at DESC LIMIT 1 OFFSET a.nth - 1) AS at
  FROM latchhook_now() AS t (now), unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS a (count, nth, place)
  ORDER BY a.place`;
const INSERT = 'INSERT INTO failed_login (pair, at) SELECT * FROM unnest($1::text[], $2::bigint[])';
/** Rows that another node forgets at this moment are left to it. */
const FORGET = `
  DELETE FROM failed_login WHERE id IN (
    SELECT id FROM failed_login WHERE at <= $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)`;

interface NthRow {
  at: number | null;
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

  async failedLogins(asked: readonly FailedLoginCount[]): Promise<(number | null)[]> {
    const counts = texts(asked.map(({ count }) => count));
    const nths = numbers(asked.map(({ nth }) => nth));
    const rows = await this.#reader.read((line) => line.run<NthRow>(NTH_NEWEST, [counts, nths]));
    return rows.map(({ at, now }) => ageOf(at, now));
  }

  loginsFailed(failures: readonly FailedLogin[]): Promise<void> {
    return this.#writer.transaction(async (tx) => {
      await tx.run(FORGET, [tx.now - FAILED_LOGIN_MS, failures.length * FORGOTTEN_WITH_EACH]);
      const counts = texts(failures.map(({ count }) => count));
      await tx.run(INSERT, [counts, numbers(failures.map(({ ago }) => tx.now - Math.round(ago)))]);
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
