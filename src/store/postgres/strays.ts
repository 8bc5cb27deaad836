import type { Session } from '../store.js';
import { numbers } from './literal.js';
import type { Transaction, Writer } from './transaction.js';

/** By then the server has ended every transaction whose connection was lost: its own limits are shorter. */
const SETTLED_MS = 12_000;

const OWNED = 'SELECT uid, webhook_uid FROM delivery WHERE state < 2 AND owner = $1';
const FREE =
  'UPDATE delivery SET owner = 0 WHERE uid = ANY($1::bigint[]) AND state < 2 AND owner = $2 AND test = 0';

interface OwnedRow {
  uid: number;
  webhook_uid: number;
}

/**
 * Rows that are this session's in the database and in nobody's hands: a commit whose answer was lost gave them
 * to it. Nobody would ever attempt them while the session lives, so they are looked for once all doubts are over.
 */
export class Strays {
  #doubtful = false;
  /** ms, the store's clock; null: not seen since. */
  #since: number | null = null;

  /** A commit's answer was lost. */
  doubt(): void {
    this.#doubtful = true;
    this.#since = null;
  }

  /** Called now and then. */
  async free(writer: Writer, session: Session, now: number): Promise<void> {
    if (!this.#doubtful) return;
    this.#since ??= now;
    if (now - this.#since < SETTLED_MS) return;
    this.#doubtful = false;
    try {
      await this.#free(writer, session);
    } catch (error) {
      this.doubt();
      throw error;
    }
  }

  async #free(writer: Writer, session: Session): Promise<void> {
    // What is in hand before and after the question is no stray, whatever happens to it meanwhile.
    const before = new Set(writer.sessions.get(session.id)?.window.held.keys());
    await writer.transaction(async (tx: Transaction) => {
      const owned = await tx.run<OwnedRow>(OWNED, [session.id]);
      const window = tx.window(session.id);
      if (!window) return;
      const strays = owned.filter(({ uid }) => !before.has(uid) && !window.window.held.has(uid));
      if (strays.length === 0) return;
      await tx.run(FREE, [numbers(strays.map(({ uid }) => uid)), session.id]);
      for (const webhookUid of new Set(strays.map((row) => row.webhook_uid))) window.spill(webhookUid);
    });
  }
}
