import { LOCK } from './locks.js';
import type { Transaction, Writer } from './transaction.js';

/**
 * Nodes do not commit in the order of uids. What "every uid up to here is there, or will never be" means is
 * found in steps: the last uids that were given out are noted, and the blocks up to them announced; then a
 * transaction notes its own id; once every transaction with a smaller id has ended, nobody can still write up to
 * the noted uids, nor change a state without knowing of the announcement. For a transaction takes its id before
 * it takes uids or reads what is announced (`transaction.ts`).
 *
 * It takes as long as the longest transaction in the whole server, other databases included.
 */
const TRY_ALONE = `SELECT pg_try_advisory_xact_lock(${LOCK.space}, ${LOCK.lists}) AS alone`;
const READ = `
  SELECT (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM event_id_seq) AS events,
    (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM delivery_uid_seq) AS deliveries,
    pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
    pg_current_xact_id()::text::bigint AS own,
    (SELECT json_object_agg(name, value) FROM counter)::text AS counters`;
const SET = `
  INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`;

interface StateRow {
  events: number;
  deliveries: number;
  oldest: number;
  own: number;
  counters: string;
}

/** Of `settling since`: nothing is noted; a transaction has still to note its id. */
const NOTHING = 0;
const UNDATED = -1;

export class Settling {
  readonly #writer: Writer;
  readonly #blockSize: number;

  constructor(writer: Writer, blockSize: number) {
    this.#writer = writer;
    this.#blockSize = blockSize;
  }

  /** Goes as far as it comes without waiting; another node may be at it. */
  async advance(): Promise<void> {
    // Noting, dating and finding settled must be three transactions; where nothing runs, all of them at once.
    for (let step = 0; step < 4; step++) {
      if (!(await this.#writer.transaction((tx) => this.#step(tx)))) return;
    }
  }

  /** @returns whether it is worth going on */
  async #step(tx: Transaction): Promise<boolean> {
    if (!(await alone(tx))) return false;
    const [row] = await tx.run<StateRow>(READ);
    if (!row) return false;
    const counters = JSON.parse(row.counters) as Record<string, number>;
    const since = counters['settling since'] ?? NOTHING;
    const set = (name: string, value: number) => tx.run(SET, [name, value]);
    if (since === NOTHING) {
      const { events = 0, deliveries = 0 } = settled(counters);
      if (row.events <= events && row.deliveries <= deliveries) return false;
      await set('settling events', row.events);
      await set('settling deliveries', row.deliveries);
      const announced = Math.floor((row.deliveries + 1) / this.#blockSize) * this.#blockSize;
      await set('deliveries to blocks', Math.max(announced, counters['deliveries to blocks'] ?? 0));
      await set('settling since', UNDATED);
      return true;
    }
    // A copy of the database on another server counts its transactions anew.
    if (since === UNDATED || since > row.own) {
      await set('settling since', row.own);
      return true;
    }
    if (row.oldest <= since) return false;
    await set('settled events', counters['settling events'] ?? 0);
    await set('settled deliveries', counters['settling deliveries'] ?? 0);
    await set('settling since', NOTHING);
    return true;
  }
}

/** Of one who looks after the lists; false: another does. Until the transaction's end. */
export async function alone(tx: Transaction): Promise<boolean> {
  const [row] = await tx.run<{ alone: boolean }>(TRY_ALONE);
  return row?.alone ?? false;
}

function settled(counters: Record<string, number>): { events: number; deliveries: number } {
  return { events: counters['settled events'] ?? 0, deliveries: counters['settled deliveries'] ?? 0 };
}
