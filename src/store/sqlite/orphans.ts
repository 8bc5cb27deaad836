import { STATE, STATES } from '../../domain/delivery.js';
import type { Connection } from './connection.js';
import type { LivingSession, Transaction } from './transaction.js';

/** A deleted webhook keeps its lane until its last open row has ended. */
const DELETED_LANES = `
  SELECT l.webhook_uid FROM lane l JOIN webhook w ON w.uid = l.webhook_uid WHERE w.deleted_at IS NOT NULL`;
export const OPEN_ROWS = `
  SELECT uid, event_type, state, owner, accepted_at, test FROM delivery INDEXED BY delivery_open
  WHERE webhook_uid = ? AND state < 2 AND owner <> ? LIMIT ?`;
export const ANY_OPEN_ROW =
  'SELECT 1 FROM delivery INDEXED BY delivery_open WHERE webhook_uid = ? AND state < 2 LIMIT 1';
const CANCEL = `
  UPDATE delivery SET state = ${STATE.cancelled}, reason = 'webhook-deleted', owner = 0, ended_at = ?
  WHERE uid = ?`;
const DROP_LANE = 'DELETE FROM lane WHERE webhook_uid = ?';

/** No row has this owner; 0 is a row that nobody holds. */
const NOBODY = -1;

interface OpenRow {
  uid: number;
  event_type: number;
  state: number;
  owner: number;
  accepted_at: number;
  test: number;
}

export class Orphans {
  readonly #deletedLanes;
  readonly #openRows;
  readonly #anyOpenRow;
  readonly #cancel;
  readonly #dropLane;

  constructor(database: Connection) {
    this.#deletedLanes = database.prepare<[], { webhook_uid: number }>(DELETED_LANES);
    this.#openRows = database.prepare<[number, number, number], OpenRow>(OPEN_ROWS);
    this.#anyOpenRow = database.prepare<[number]>(ANY_OPEN_ROW);
    this.#cancel = database.prepare<[number, number]>(CANCEL);
    this.#dropLane = database.prepare<[number]>(DROP_LANE);
  }

  end(
    tx: Transaction,
    sessions: ReadonlyMap<number, LivingSession>,
    limit: number,
  ): { ended: number; more: boolean } {
    const [living] = sessions.keys();
    let ended = 0;
    for (const { webhook_uid: webhookUid } of this.#deletedLanes.all()) {
      const room = limit - ended;
      const rows = this.#openRows.all(webhookUid, living ?? NOBODY, room + 1);
      for (const row of rows.slice(0, room)) this.#end(tx, webhookUid, row);
      ended += Math.min(rows.length, room);
      if (rows.length > room) return { ended, more: true };
      if (!this.#anyOpenRow.get(webhookUid)) this.#dropLane.run(webhookUid);
    }
    return { ended, more: false };
  }

  #end(tx: Transaction, webhookUid: number, row: OpenRow): void {
    this.#cancel.run(tx.now, row.uid);
    const delivery = {
      uid: row.uid,
      webhookUid,
      eventType: row.event_type,
      acceptedAt: row.accepted_at,
      test: row.test !== 0,
    };
    tx.tally.left(delivery, STATES[row.state] ?? 'pending');
    tx.tally.entered(delivery, 'cancelled', tx.now);
  }
}
