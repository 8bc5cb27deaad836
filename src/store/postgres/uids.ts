import type { Transaction } from './transaction.js';

/**
 * Numbers of a sequence, in the order in which they were taken; others may have taken some in between. They
 * are taken after the transaction has its id (see `Writer`).
 */
const take = (sequence: string) => `
  SELECT coalesce(string_agg(nextval('${sequence}')::text, ','), '') AS uids FROM generate_series(1, $1::int)`;
const TAKE = { event: take('event_id_seq'), delivery: take('delivery_uid_seq') };

/** Numbers for what one transaction writes. */
export class Uids {
  readonly #kind: 'event' | 'delivery';
  #taken: number[] = [];
  #next = 0;

  constructor(kind: 'event' | 'delivery') {
    this.#kind = kind;
  }

  get left(): number {
    return this.#taken.length - this.#next;
  }

  /** Until `count` are left. */
  async take(tx: Transaction, count: number): Promise<void> {
    if (count <= this.left) return;
    const [row] = await tx.run<{ uids: string }>(TAKE[this.#kind], [count - this.left]);
    this.#taken = this.#taken.slice(this.#next).concat((row?.uids ?? '').split(',').map(Number));
    this.#next = 0;
  }

  next(): number {
    const uid = this.#taken[this.#next];
    if (uid === undefined) throw new Error(`no number was taken for another ${this.#kind}`);
    this.#next += 1;
    return uid;
  }
}
