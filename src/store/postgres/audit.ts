import type { Actor } from '../../domain/actor.js';
import type { AuditAction, Shown } from '../../domain/audit.js';
import type { AuditFilter, AuditRecord, AuditRow, AuditStore, PageRequest } from '../store.js';
import { writeAudit } from './audit-trail.js';
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

export class PostgresAudit implements AuditStore {
  readonly #writer: Writer;
  readonly #reader: Reader;

  constructor(writer: Writer, reader: Reader) {
    this.#writer = writer;
    this.#reader = reader;
  }

  async record(records: AuditRecord[]): Promise<void> {
    await this.#writer.transaction(async (tx) => {
      for (const { actor, entry } of records) await writeAudit(tx, actor, entry);
    });
  }

  async list(request: PageRequest & { filter: AuditFilter }): Promise<{ total: number; rows: AuditRow[] }> {
    const { sql, values } = condition(request.filter);
    const order = request.asc ? 'ASC' : 'DESC';
    const count = `SELECT count(*) AS count FROM audit ${sql}`;
    const page = `
      SELECT ${COLUMNS} FROM audit ${sql} ORDER BY uid ${order}
      LIMIT $${values.length + 1} OFFSET $${values.length + 2}`;
    return this.#reader.snapshot(async (line) => {
      const [total] = await line.run<{ count: number }>(count, values);
      const rows = await line.run<EntryRow>(page, [...values, request.limit, request.offset]);
      return { total: total?.count ?? 0, rows: rows.map(toEntry) };
    });
  }
}

/** Only of texts that stand here; what is compared with is bound. */
function condition(filter: AuditFilter): { sql: string; values: (string | number)[] } {
  const given = [
    ['action =', filter.action],
    ['actor_kind =', filter.actorKind],
    ['at >=', filter.from],
    ['at <=', filter.to],
  ] as const;
  const terms: string[] = [];
  const values: (string | number)[] = [];
  for (const [term, value] of given) {
    if (value === null) continue;
    values.push(value);
    terms.push(`${term} $${values.length}`);
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
