import type { Session } from '../store.js';
import { numbers } from './literal.js';
import type { Writer } from './transaction.js';

const OWNED = 'SELECT uid, webhook_uid FROM delivery WHERE state < 2 AND owner = $1';
const FREE =
  'UPDATE delivery SET owner = 0 WHERE uid = ANY($1::bigint[]) AND state < 2 AND owner = $2 AND test = 0';

interface OwnedRow {
  uid: number;
  webhook_uid: number;
}

/** Gives strays of this session back to the store, once it is certain which they are. */
export async function freeStrays(writer: Writer, session: Session, now: number): Promise<void> {
  if (!writer.strays.toBeFreed(now)) return;
  try {
    await free(writer, session);
  } catch (error) {
    writer.strays.doubt();
    throw error;
  }
}

async function free(writer: Writer, session: Session): Promise<void> {
  // What is in hand before and after the question is no stray, whatever happens to it meanwhile.
  const before = new Set(writer.sessions.get(session.id)?.window.held.keys());
  await writer.transaction(async (tx) => {
    const owned = await tx.run<OwnedRow>(OWNED, [session.id]);
    const window = tx.window(session.id);
    if (!window) return;
    const strays = owned.filter(({ uid }) => !before.has(uid) && !window.window.held.has(uid));
    if (strays.length === 0) return;
    await tx.run(FREE, [numbers(strays.map(({ uid }) => uid)), session.id]);
    for (const webhookUid of new Set(strays.map((row) => row.webhook_uid))) window.spill(webhookUid);
  });
}
