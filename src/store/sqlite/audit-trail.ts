import type { Actor } from '../../domain/actor.js';
import type { AuditEntry } from '../../domain/audit.js';
import type { Connection } from './connection.js';

const INSERT_ENTRY = `
  INSERT INTO audit (at, actor_kind, actor_uid, actor_name, address, action, target_uid, before, after, changed)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Writes entries; used within the transaction of the change that they tell of. */
export class AuditTrail {
  readonly #insertEntry;

  constructor(database: Connection) {
    this.#insertEntry = database.prepare(INSERT_ENTRY);
  }

  write(now: number, actor: Actor, entry: AuditEntry): void {
    this.#insertEntry.run(
      now,
      actor.kind,
      actor.uid,
      actor.name,
      actor.address,
      entry.action,
      entry.targetUid,
      entry.before && JSON.stringify(entry.before),
      entry.after && JSON.stringify(entry.after),
      JSON.stringify(entry.changed),
    );
  }
}
