import type { Actor } from '../../domain/actor.js';
import type { AuditEntry } from '../../domain/audit.js';
import type { Transaction } from './transaction.js';

const INSERT_ENTRY = `
  INSERT INTO audit (at, actor_kind, actor_uid, actor_name, address, action, target_uid, before, after, changed)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Enters a change into the audit trail, within the transaction of that change. */
export async function writeAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.run(INSERT_ENTRY, [
    tx.now,
    actor.kind,
    actor.uid,
    actor.name,
    actor.address,
    entry.action,
    entry.targetUid,
    entry.before && JSON.stringify(entry.before),
    entry.after && JSON.stringify(entry.after),
    JSON.stringify(entry.changed),
  ]);
}
