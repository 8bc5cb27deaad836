import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import type { News } from '../store.js';
import type { Server } from './server.js';

const CHANNEL = 'latchhook';
const NOTIFY = `SELECT pg_notify('${CHANNEL}', $1)`;
/** Between two notifications of one node: each wakes every node, and costs the database a lock of its own. */
const EVERY_MS = 100;
/** Lanes in one of them, whose text may have 8,000 bytes. */
const MOST_LANES = 400;
/** Lanes that wait to be told; a poll finds what is past it. */
const MOST_WAITING = 10_000;
const OPENING =
  "SELECT pg_is_in_recovery() AS standby, set_config('statement_timeout', '5000', false) AS timeout";
const CONNECT_SECONDS = 3;
/** A connection that is cut off without a word is found by asking. */
const ASK_MS = 5_000;
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 5_000;

interface Told {
  /** Who tells: a node hears itself too. */
  by: string;
  webhooks?: true;
  lanes?: number[];
}

/**
 * The one connection on which a node tells and hears news, apart from all transactions: `NOTIFY` in a
 * transaction takes a lock of the whole database until its commit, which costs as much as a shared counter row.
 * What is told while it is not there is lost; when it is back, webhooks are taken for changed.
 */
export class NewsLine {
  readonly #server: Server;
  readonly #self = randomBytes(6).toString('base64url');
  #hear: (news: News) => void = () => {};
  #sql: postgres.Sql | null = null;
  #connecting: Promise<void> | null = null;
  #restMs = FIRST_REST_MS;
  #webhooks = false;
  readonly #lanes = new Set<number>();
  #timers = new Set<NodeJS.Timeout>();
  #telling = false;
  #closed = false;

  constructor(server: Server) {
    this.#server = server;
  }

  follow(hear: (news: News) => void): void {
    this.#hear = hear;
  }

  /** Connects, if it is not and does not yet. */
  open(): void {
    if (this.#closed || this.#sql || this.#connecting) return;
    this.#connecting = this.#connect().then(
      () => {
        this.#restMs = FIRST_REST_MS;
        this.#connecting = null;
        this.#hear({ webhooks: true, lanes: [] });
        this.#ask();
        this.#tellSoon(0);
      },
      () => {
        this.#later(this.#restMs, () => {
          this.#connecting = null;
          this.open();
        });
        this.#restMs = Math.min(2 * this.#restMs, LONGEST_REST_MS);
      },
    );
  }

  tell({ webhooks, lanes }: News): void {
    this.#webhooks ||= webhooks;
    for (const uid of lanes) if (this.#lanes.size < MOST_WAITING) this.#lanes.add(uid);
    this.open();
    this.#tellSoon(0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#connecting;
    const sql = this.#sql;
    this.#sql = null;
    await sql?.end({ timeout: 1 });
  }

  async #connect(): Promise<void> {
    let reason: unknown = null;
    for (const host of this.#server.hosts()) {
      const sql = this.#client(host);
      try {
        const [answer] = await sql.unsafe<{ standby: boolean }[]>(OPENING);
        if (answer?.standby !== false) throw new Error(`${host} is a standby`);
        await sql.unsafe(`LISTEN ${CHANNEL}`);
        if (this.#closed) throw new Error('closed');
        this.#sql = sql;
        return;
      } catch (error) {
        reason = error;
        void sql.end({ timeout: 0 });
      }
    }
    throw reason;
  }

  #client(host: string): postgres.Sql {
    const options = {
      // Known to the driver, and not to its types: its own way to listen connects again to the same host only.
      onnotify: (_channel: string, text: string) => this.#heard(text),
    };
    const sql: postgres.Sql = postgres({
      ...options,
      ...this.#server.placeOf(host),
      max: 1,
      max_lifetime: null,
      idle_timeout: 0,
      connect_timeout: CONNECT_SECONDS,
      keep_alive: 10,
      fetch_types: false,
      onnotice: () => {},
      onclose: () => this.#lost(sql),
      connection: { ...this.#server.parameters, application_name: 'latchhook news' },
    });
    return sql;
  }

  #lost(sql: postgres.Sql): void {
    if (sql !== this.#sql) return;
    this.#sql = null;
    void sql.end({ timeout: 0 });
    this.#later(FIRST_REST_MS, () => this.open());
  }

  #heard(text: string): void {
    const told = JSON.parse(text) as Told;
    if (told.by === this.#self) return;
    this.#hear({ webhooks: told.webhooks ?? false, lanes: told.lanes ?? [] });
  }

  #tellSoon(delayMs: number): void {
    if (this.#telling || (!this.#webhooks && this.#lanes.size === 0)) return;
    this.#telling = true;
    this.#later(delayMs, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    const sql = this.#sql;
    if (sql) {
      const lanes = [...this.#lanes].slice(0, MOST_LANES);
      for (const uid of lanes) this.#lanes.delete(uid);
      const told: Told = { by: this.#self, ...(this.#webhooks ? { webhooks: true } : {}), lanes };
      this.#webhooks = false;
      await this.#within(sql, sql.unsafe(NOTIFY, [JSON.stringify(told)], { prepare: true }));
    }
    this.#later(EVERY_MS, () => {
      this.#telling = false;
      // Without a connection it waits for one.
      if (this.#sql) this.#tellSoon(0);
    });
  }

  #ask(): void {
    const sql = this.#sql;
    this.#later(ASK_MS, () => {
      if (!sql || sql !== this.#sql) return;
      void this.#within(sql, sql.unsafe('SELECT 1')).then(() => this.#ask());
    });
  }

  async #within(sql: postgres.Sql, answer: Promise<unknown>): Promise<void> {
    const timer = setTimeout(() => this.#lost(sql), ASK_MS);
    try {
      await answer;
    } catch {
      this.#lost(sql);
    } finally {
      clearTimeout(timer);
    }
  }

  #later(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#closed) act();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }
}
