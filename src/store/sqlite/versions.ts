import type { Webhook, WebhookSpec } from '../../domain/webhook.js';
import type { Keyring } from '../keyring.js';
import { sealed, toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from '../version-row.js';
import type { Connection } from './connection.js';

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
    this.#setCiphertexts.run(
      sealed(this.#keyring, id, 'secret', spec.secret),
      sealed(this.#keyring, id, 'headers', spec.headers),
      id,
    );
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
