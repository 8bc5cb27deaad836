import { numbers } from './literal.js';
import type { Transaction } from './transaction.js';

/** In the order of uids: whoever locks several lanes does it in the same order. */
const LOCK_LANES = `
  SELECT webhook_uid, owner, last_seq, unplaced FROM lane WHERE webhook_uid = ANY($1::bigint[])
  ORDER BY webhook_uid FOR UPDATE`;
const READ_LANES =
  'SELECT webhook_uid, owner, last_seq, unplaced FROM lane WHERE webhook_uid = ANY($1::bigint[])';
const SET_LANES = `
  UPDATE lane SET owner = l.owner, last_seq = l.last_seq
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS l (webhook_uid, owner, last_seq)
  WHERE lane.webhook_uid = l.webhook_uid`;

export interface LaneRow {
  webhook_uid: number;
  owner: number;
  last_seq: number;
  /** 1: rows wait that have no place in the order yet. */
  unplaced: number;
}

/**
 * Who attempts in an exclusive lane: the session in its row, while it lives. It is taken when it is free, and
 * never given up but by the session's end, so that a living owner may rely on what it read.
 */
export class LaneOwners {
  readonly #rows = new Map<number, LaneRow>();
  readonly #locked = new Set<number>();
  readonly #changed = new Set<number>();

  /** May be sent before the transaction has begun. */
  async lock(tx: Transaction, lanes: readonly number[]): Promise<void> {
    if (lanes.length === 0) return;
    for (const row of await tx.run<LaneRow>(LOCK_LANES, [numbers(lanes)])) {
      this.#rows.set(row.webhook_uid, row);
      this.#locked.add(row.webhook_uid);
    }
  }

  async read(tx: Transaction, lanes: readonly number[]): Promise<void> {
    if (lanes.length === 0) return;
    for (const row of await tx.run<LaneRow>(READ_LANES, [numbers(lanes)])) {
      if (!this.#locked.has(row.webhook_uid)) this.#rows.set(row.webhook_uid, row);
    }
  }

  knows(webhookUid: number): boolean {
    return this.#rows.has(webhookUid);
  }

  isLocked(webhookUid: number): boolean {
    return this.#locked.has(webhookUid);
  }

  /** 0: nobody was it yet. */
  ownerOf(webhookUid: number): number {
    return this.#rows.get(webhookUid)?.owner ?? 0;
  }

  isUnplaced(webhookUid: number): boolean {
    return this.#rows.get(webhookUid)?.unplaced === 1;
  }

  /** Read, and not locked: those that nobody was the owner of yet. */
  neverOwned(): number[] {
    const rows = [...this.#rows.values()].filter((row) => row.owner === 0);
    return rows.map((row) => row.webhook_uid);
  }

  /** Of a locked lane. */
  take(webhookUid: number, sessionId: number): void {
    const row = this.#rows.get(webhookUid);
    if (!row || row.owner === sessionId) return;
    row.owner = sessionId;
    this.#changed.add(webhookUid);
  }

  /** The place given last in a locked, ordered lane. */
  lastSeqOf(webhookUid: number): number {
    return this.#rows.get(webhookUid)?.last_seq ?? 0;
  }

  /** The next place in a locked, ordered lane. */
  nextSeq(webhookUid: number): number {
    const row = this.#rows.get(webhookUid);
    if (!row) throw new Error(`lane ${webhookUid} is not locked`);
    row.last_seq += 1;
    this.#changed.add(webhookUid);
    return row.last_seq;
  }

  /** Nothing where nothing changed. */
  write(tx: Transaction): void {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed].flatMap((uid) => this.#rows.get(uid) ?? []);
    tx.write(SET_LANES, [
      numbers(rows.map((row) => row.webhook_uid)),
      numbers(rows.map((row) => row.owner)),
      numbers(rows.map((row) => row.last_seq)),
    ]);
  }
}
