import type { Webhook, WebhookSpec } from '../../domain/webhook.js';
import type { Keyring } from '../keyring.js';
import { sealed, toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from '../version-row.js';
import type { Transaction } from './transaction.js';

const NEXT_ID = "SELECT nextval(pg_get_serial_sequence('webhook_version', 'id')) AS id";
const INSERT_VERSION = `
  INSERT INTO webhook_version (id, webhook_uid, created_at, url, status, disabled_reason, event_types,
    max_retries, timeout, description, ordered, rate_limit, max_age, secret, headers)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;
const SET_CURRENT = 'UPDATE webhook SET version_id = $1, generation = $2 WHERE uid = $3';
const TOUCH = 'UPDATE webhook SET generation = $1 WHERE uid = $2';
/** Its lock is held until the commit, so that generations are seen in their order. */
const MOVE_GENERATION = "UPDATE counter SET value = value + 1 WHERE name = 'generation' RETURNING value";
/** Two statements: the second sees what was committed while the first waited. */
const LOCK_WEBHOOK = 'SELECT 1 FROM webhook WHERE uid = $1 FOR UPDATE';
const CURRENT = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
  WHERE w.uid = $1 AND w.deleted_at IS NULL`;

/**
 * Writes versions. A transaction locks the webhook's row (`current`) before its lane's, and moves the generation
 * last: all that change a webhook wait for each other there.
 */
export class Versions {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** The webhook as nobody else changes it until the transaction's end; null when unknown or deleted. */
  async current(tx: Transaction, webhookUid: number): Promise<Webhook | null> {
    await tx.run(LOCK_WEBHOOK, [webhookUid]);
    const [row] = await tx.run<VersionRow>(CURRENT, [webhookUid]);
    return row ? toWebhook(this.#keyring, row) : null;
  }

  /** Makes a new version the current one and moves the generation. */
  async write(
    tx: Transaction,
    webhookUid: number,
    spec: WebhookSpec,
    disabledReason: Webhook['disabledReason'],
  ): Promise<void> {
    const [next] = await tx.run<{ id: number }>(NEXT_ID);
    if (!next) throw new Error('there is no id for a version');
    await tx.run(INSERT_VERSION, [
      next.id,
      webhookUid,
      tx.now,
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
      sealed(this.#keyring, next.id, 'secret', spec.secret),
      sealed(this.#keyring, next.id, 'headers', spec.headers),
    ]);
    await tx.run(SET_CURRENT, [next.id, await this.moveGeneration(tx), webhookUid]);
  }

  /** Something beside its version changed that accept and claim decide by. */
  async touch(tx: Transaction, webhookUid: number): Promise<void> {
    await tx.run(TOUCH, [await this.moveGeneration(tx), webhookUid]);
  }

  async moveGeneration(tx: Transaction): Promise<number> {
    const [row] = await tx.run<{ value: number }>(MOVE_GENERATION);
    if (!row) throw new Error('the store has no generation');
    tx.afterwards(() => tx.news.webhooksChanged());
    return row.value;
  }
}
