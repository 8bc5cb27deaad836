import type { Actor } from '../../domain/actor.js';
import type { AuditAction, Shown } from '../../domain/audit.js';
import type { AuditFilter, AuditRecord, AuditRow, AuditStore, PageRequest } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { Reader } from './reader.js';
import type { Writer } from './transaction.js';

interface EntryRow {
  uid: number;
  at: number;
  actor_kind: Actor['kind'];
  actor_uid: number | null;
  actor_name: string;
  address: string | null;
  action: AuditAction;
  target_uid: number | null;
  before: string | null;
  after: string | null;
  changed: string;
}

const COLUMNS = `
  uid, at, actor_kind, actor_uid, actor_name, address, action, target_uid, before, after, changed`;

export class SqliteAudit implements AuditStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #trail: AuditTrail;

  constructor(writer: Writer, reader: Reader, trail: AuditTrail) {
    this.#writer = writer;
    this.#reader = reader;
    this.#trail = trail;
  }

  async record(records: AuditRecord[]): Promise<void> {
    this.#writer.transaction(({ now }) => {
      for (const { actor, entry } of records) this.#trail.write(now, actor, entry);
    });
  }

  async list(request: PageRequest & { filter: AuditFilter }): Promise<{ total: number; rows: AuditRow[] }> {
    const { sql, values } = condition(request.filter);
    const order = request.asc ? 'ASC' : 'DESC';
    const { database } = this.#reader;
    return this.#reader.snapshot(() => {
      const count = database
        .prepare<unknown[], { count: number }>(`SELECT count(*) AS count FROM audit ${sql}`)
        .get(...values);
      const rows = database
        .prepare<unknown[], EntryRow>(
          `SELECT ${COLUMNS} FROM audit ${sql} ORDER BY uid ${order} LIMIT ? OFFSET ?`,
        )
        .all(...values, request.limit, request.offset);
      return { total: count?.count ?? 0, rows: rows.map(toEntry) };
    });
  }
}

/** Only of texts that stand here; what is compared with is bound. */
function condition(filter: AuditFilter): { sql: string; values: (string | number)[] } {
  const given = [
    ['action = ?', filter.action],
    ['actor_kind = ?', filter.actorKind],
    ['at >= ?', filter.from],
    ['at <= ?', filter.to],
  ] as const;
  const terms: string[] = [];
  const values: (string | number)[] = [];
  for (const [term, value] of given) {
    if (value === null) continue;
    terms.push(term);
    values.push(value);
  }
  return { sql: terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : '', values };
}

function toEntry(row: EntryRow): AuditRow {
  const shown = (text: string | null) => (text === null ? null : (JSON.parse(text) as Shown));
  return {
    uid: row.uid,
    at: row.at,
    actor: { kind: row.actor_kind, uid: row.actor_uid, name: row.actor_name, address: row.address },
    entry: {
      action: row.action,
      targetUid: row.target_uid,
      before: shown(row.before),
      after: shown(row.after),
      changed: JSON.parse(row.changed) as string[],
    },
  };
}
