import type { Health } from '../../domain/health.js';
import type { DisabledReason, Webhook, WebhookSpec } from '../../domain/webhook.js';
import type { Keyring } from '../keyring.js';
import type { Connection } from './connection.js';

interface VersionRow {
  id: number;
  uid: number;
  webhook_created_at: number;
  created_at: number;
  url: string;
  status: 'active' | 'disabled';
  disabled_reason: DisabledReason | null;
  event_types: string;
  max_retries: number;
  timeout: number | null;
  description: string | null;
  secret: string | null;
  headers: string | null;
  ordered: number;
  rate_limit: number | null;
  max_age: number | null;
  health: Health | null;
  failing_since: number | null;
  next_probe_at: number | null;
  probes: number | null;
}

export const VERSION_COLUMNS = `
  v.id, w.uid, w.created_at AS webhook_created_at, v.created_at, v.url, v.status, v.disabled_reason,
  v.event_types, v.max_retries, v.timeout, v.description, v.secret, v.headers, v.ordered, v.rate_limit,
  v.max_age, l.health, l.failing_since, l.next_probe_at, l.probes`;
/** Joins a webhook `w` to its lane, which a deleted one may have no longer. */
export const WITH_LANE = 'LEFT JOIN lane l ON l.webhook_uid = w.uid';

const INSERT_VERSION = `
  INSERT INTO webhook_version (webhook_uid, created_at, url, status, disabled_reason, event_types,
    max_retries, timeout, description, ordered, rate_limit, max_age)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SET_CIPHERTEXTS = 'UPDATE webhook_version SET secret = ?, headers = ? WHERE id = ?';
const SET_CURRENT = 'UPDATE webhook SET version_id = ?, generation = ? WHERE uid = ?';
const TOUCH = 'UPDATE webhook SET generation = ? WHERE uid = ?';
const MOVE_GENERATION = "UPDATE meta SET value = value + 1 WHERE name = 'generation' RETURNING value";
const CURRENT = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
  WHERE w.uid = ? AND w.deleted_at IS NULL`;

type Encrypted = 'secret' | 'headers';

/** Reads rows of `VERSION_COLUMNS`, on either connection. */
export function toWebhook(keyring: Keyring, row: VersionRow): Webhook {
  const open = (column: Encrypted) => {
    const text = row[column];
    return text === null ? null : keyring.decrypt({ table: 'webhook_version', column, uid: row.id }, text);
  };
  return {
    uid: row.uid,
    versionId: row.id,
    url: row.url,
    status: row.status,
    disabledReason: row.disabled_reason,
    eventTypes: JSON.parse(row.event_types) as string[],
    maxRetries: row.max_retries,
    secret: open('secret'),
    timeout: row.timeout,
    headers: open('headers'),
    description: row.description,
    ordered: row.ordered !== 0,
    rateLimit: row.rate_limit,
    maxAge: row.max_age,
    health: row.health ?? 'healthy',
    failingSince: row.failing_since,
    nextProbeAt: row.next_probe_at,
    probes: row.probes ?? 0,
    createdAt: row.webhook_created_at,
    updatedAt: row.created_at,
  };
}

export type { VersionRow };

/** Writes versions; used within a transaction of the write connection only. */
export class Versions {
  readonly #keyring: Keyring;
  readonly #insert;
  readonly #setCiphertexts;
  readonly #setCurrent;
  readonly #touch;
  readonly #moveGeneration;
  readonly #current;

  constructor(database: Connection, keyring: Keyring) {
    this.#keyring = keyring;
    this.#insert = database.prepare(INSERT_VERSION);
    this.#setCiphertexts = database.prepare(SET_CIPHERTEXTS);
    this.#setCurrent = database.prepare(SET_CURRENT);
    this.#touch = database.prepare<[number, number]>(TOUCH);
    this.#moveGeneration = database.prepare<[], { value: number }>(MOVE_GENERATION);
    this.#current = database.prepare<[number], VersionRow>(CURRENT);
  }

  current(webhookUid: number): Webhook | null {
    const row = this.#current.get(webhookUid);
    return row ? toWebhook(this.#keyring, row) : null;
  }

  /** Makes a new version the current one and moves the generation. */
  write(webhookUid: number, spec: WebhookSpec, disabledReason: Webhook['disabledReason'], now: number): void {
    const id = Number(
      this.#insert.run(
        webhookUid,
        now,
        spec.url,
        spec.status,
        disabledReason,
        JSON.stringify(spec.eventTypes),
        spec.maxRetries,
        spec.timeout,
        spec.description,
        spec.ordered ? 1 : 0,
        spec.rateLimit,
        spec.maxAge,
      ).lastInsertRowid,
    );
    // A ciphertext is bound to its row's uid, which is known only now.
    const seal = (column: Encrypted) => {
      const text = spec[column];
      return text === null
        ? null
        : this.#keyring.encrypt({ table: 'webhook_version', column, uid: id }, text);
    };
    this.#setCiphertexts.run(seal('secret'), seal('headers'), id);
    this.#setCurrent.run(id, this.moveGeneration(), webhookUid);
  }

  /** Something beside its version changed that accept and claim decide by. */
  touch(webhookUid: number): void {
    this.#touch.run(this.moveGeneration(), webhookUid);
  }

  /** Within this transaction, `Subscriptions.refresh` sees the change at once. */
  moveGeneration(): number {
    const row = this.#moveGeneration.get();
    if (!row) throw new Error('the store has no generation');
    return row.value;
  }
}
