import { HOUR_MS, SPAN } from '../statistics.js';
import { foldedBefore } from '../statistics-window.js';
import type { Connection } from './connection.js';
import type { Transaction } from './transaction.js';

/** Oldest first, by row id; stops at the first that is still needed. */
const OLDEST_KEYS = 'SELECT id, at FROM idempotency ORDER BY id LIMIT ?';
const FORGET_KEY = 'DELETE FROM idempotency WHERE id = ?';
const ENDED_TOKENS = 'DELETE FROM token WHERE hash IN (SELECT hash FROM token WHERE ends_at <= ? LIMIT ?)';
export const OLD_MINUTES = `
  SELECT start, webhook_uid, event_type, state, bucket, slot, count FROM stat
  WHERE span = ${SPAN.minute} AND start < ? ORDER BY start LIMIT ?`;
const DROP_MINUTE = `
  DELETE FROM stat WHERE span = ${SPAN.minute} AND start = ? AND webhook_uid = ? AND event_type = ?
    AND state = ? AND bucket = ? AND slot = ?`;
const ADD_TO_HOUR = `
  INSERT INTO stat (span, start, webhook_uid, event_type, state, bucket, slot, count)
  VALUES (${SPAN.hour}, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET count = count + excluded.count RETURNING count`;
const DROP_HOUR = `
  DELETE FROM stat WHERE span = ${SPAN.hour} AND start = ? AND webhook_uid = ? AND event_type = ?
    AND state = ? AND bucket = ? AND slot = ?`;

interface MinuteRow {
  start: number;
  webhook_uid: number;
  event_type: number;
  state: number;
  bucket: number;
  slot: number;
  count: number;
}

type Key = [number, number, number, number, number, number];

export class Tidying {
  readonly #retainIdempotencyMs: number;
  readonly #oldestKeys;
  readonly #forgetKey;
  readonly #endedTokens;
  readonly #oldMinutes;
  readonly #dropMinute;
  readonly #addToHour;
  readonly #dropHour;

  constructor(database: Connection, retainIdempotencyMs: number) {
    this.#retainIdempotencyMs = retainIdempotencyMs;
    this.#oldestKeys = database.prepare<[number], { id: number; at: number }>(OLDEST_KEYS);
    this.#forgetKey = database.prepare<[number]>(FORGET_KEY);
    this.#endedTokens = database.prepare<[number, number]>(ENDED_TOKENS);
    this.#oldMinutes = database.prepare<[number, number], MinuteRow>(OLD_MINUTES);
    this.#dropMinute = database.prepare<Key>(DROP_MINUTE);
    this.#addToHour = database.prepare<[...Key, number], { count: number }>(ADD_TO_HOUR);
    this.#dropHour = database.prepare<Key>(DROP_HOUR);
  }

  tidy(tx: Transaction, limit: number): { more: boolean } {
    const keys = this.#forgetKeys(tx.now - this.#retainIdempotencyMs, limit);
    const minutes = this.#foldMinutes(foldedBefore(tx.now), limit);
    const tokens = this.#endedTokens.run(tx.now, limit).changes;
    return { more: Math.max(keys, minutes, tokens) >= limit };
  }

  #forgetKeys(until: number, limit: number): number {
    let forgotten = 0;
    for (const { id, at } of this.#oldestKeys.all(limit)) {
      if (at > until) break;
      this.#forgetKey.run(id);
      forgotten += 1;
    }
    return forgotten;
  }

  /** Late transitions write a minute anew (and below zero); it folds like any other, and the sums stay right. */
  #foldMinutes(before: number, limit: number): number {
    const rows = this.#oldMinutes.all(before, limit);
    for (const row of rows) {
      const rest = [row.webhook_uid, row.event_type, row.state, row.bucket, row.slot] as const;
      const hour = row.start - (row.start % HOUR_MS);
      this.#dropMinute.run(row.start, ...rest);
      if (this.#addToHour.get(hour, ...rest, row.count)?.count === 0) this.#dropHour.run(hour, ...rest);
    }
    return rows.length;
  }
}
