import type { Actor } from '../../domain/actor.js';
import { webhookAudited } from '../../domain/audit.js';
import type { HeldChoice, Webhook, WebhookSpec } from '../../domain/webhook.js';
import { urlKey } from '../../domain/webhook-rules.js';
import type { Keyring } from '../keyring.js';
import type { WebhookChanges, WebhookStore, WebhookWrite } from '../store.js';
import { toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from '../version-row.js';
import { writeAudit } from './audit-trail.js';
import { isDuplicate } from './failure.js';
import { markEnabled } from './held-marks.js';
import { resetHealth } from './lane-health.js';
import { numbers } from './literal.js';
import { becomeOrdered } from './ordering.js';
import type { Reader } from './reader.js';
import type { Transaction, Writer } from './transaction.js';
import type { Versions } from './versions.js';

const INSERT_WEBHOOK = `
  INSERT INTO webhook (url_key, version_id, generation, created_at) VALUES ($1, 0, 0, $2)
  ON CONFLICT (url_key) WHERE deleted_at IS NULL DO NOTHING RETURNING uid`;
const INSERT_LANE = 'INSERT INTO lane (webhook_uid) VALUES ($1)';
const SET_URL = 'UPDATE webhook SET url_key = $1 WHERE uid = $2 AND url_key <> $1';
const SET_DELETED = 'UPDATE webhook SET deleted_at = $1, generation = $2 WHERE uid = $3';
const GENERATION = "SELECT value FROM counter WHERE name = 'generation'";
const ROWS = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}`;
const GET = `${ROWS} WHERE w.uid = $1 AND w.deleted_at IS NULL`;
const CHANGED = `${ROWS} WHERE w.generation > $1 AND w.deleted_at IS NULL ORDER BY w.uid`;
const DELETED = 'SELECT uid FROM webhook WHERE generation > $1 AND deleted_at IS NOT NULL ORDER BY uid';
const VERSIONS = `
  SELECT ${VERSION_COLUMNS} FROM webhook_version v JOIN webhook w ON w.uid = v.webhook_uid ${WITH_LANE}
  WHERE v.id = ANY($1::bigint[])`;

/** Whoever changes a webhook accepts nothing, and nobody does meanwhile: see `Writer`. */
const ALONE = { acceptance: 'alone' } as const;

export class PostgresWebhooks implements WebhookStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #versions: Versions;
  readonly #keyring: Keyring;
  readonly #heldMs: number;

  /** @param parts `heldMs`: how long a disabled webhook holds a delivery */
  constructor(
    writer: Writer,
    reader: Reader,
    parts: { versions: Versions; keyring: Keyring; heldMs: number },
  ) {
    this.#writer = writer;
    this.#reader = reader;
    this.#versions = parts.versions;
    this.#keyring = parts.keyring;
    this.#heldMs = parts.heldMs;
  }

  create(spec: WebhookSpec, by: Actor): Promise<WebhookWrite> {
    return this.#writer.transaction(async (tx): Promise<WebhookWrite> => {
      // Waits for another node that just creates or leaves this URL.
      const [row] = await tx.run<{ uid: number }>(INSERT_WEBHOOK, [urlKey(spec.url), tx.now]);
      if (!row) return { kind: 'same-url' };
      await tx.run(INSERT_LANE, [row.uid]);
      const webhook = await this.#write(tx, row.uid, spec, null);
      await writeAudit(tx, by, webhookAudited({ before: null, after: webhook }));
      return { kind: 'written', webhook };
    }, ALONE);
  }

  async update(
    uid: number,
    spec: WebhookSpec,
    by: Actor,
    choice: HeldChoice = 'release',
  ): Promise<WebhookWrite> {
    try {
      return await this.#writer.transaction(async (tx): Promise<WebhookWrite> => {
        const before = await this.#versions.current(tx, uid);
        if (!before) return { kind: 'unknown' };
        await tx.run(SET_URL, [urlKey(spec.url), uid]);
        // Changing the description of a webhook that the server disabled does not make a person the reason.
        const reason = spec.status === 'disabled' ? before.disabledReason : null;
        // Nothing is known yet of how another URL answers, and a status is a person's word.
        if (spec.url !== before.url || spec.status !== before.status) await resetHealth(tx, uid);
        const enabled = spec.status === 'active' && before.status === 'disabled';
        if (enabled) await markEnabled(tx, uid, choice, this.#heldMs);
        if (spec.ordered && !before.ordered) await becomeOrdered(tx, uid);
        const webhook = await this.#write(tx, uid, spec, reason);
        await writeAudit(tx, by, webhookAudited({ before, after: webhook }));
        return { kind: 'written', webhook };
      }, ALONE);
    } catch (error) {
      if (isDuplicate(error, 'webhook_url')) return { kind: 'same-url' };
      throw error;
    }
  }

  remove(uid: number, by: Actor): Promise<boolean> {
    return this.#writer.transaction(async (tx) => {
      const before = await this.#versions.current(tx, uid);
      if (!before) return false;
      await tx.run(SET_DELETED, [tx.now, await this.#versions.moveGeneration(tx), uid]);
      await writeAudit(tx, by, webhookAudited({ before, after: null }));
      return true;
    }, ALONE);
  }

  async get(uid: number): Promise<Webhook | null> {
    const [row] = await this.#reader.read((line) => line.run<VersionRow>(GET, [uid]));
    return row ? toWebhook(this.#keyring, row) : null;
  }

  changesSince(generation: number): Promise<WebhookChanges> {
    return this.#reader.snapshot(async (line) => {
      const [current] = await line.run<{ value: number }>(GENERATION);
      const value = current?.value ?? 0;
      // Asked every second by every node.
      if (value === generation) return { generation: value, changed: [], deleted: [] };
      const changed = await line.run<VersionRow>(CHANGED, [generation]);
      const deleted = generation === 0 ? [] : await line.run<{ uid: number }>(DELETED, [generation]);
      return {
        generation: value,
        changed: changed.map((row) => toWebhook(this.#keyring, row)),
        deleted: deleted.map(({ uid }) => uid),
      };
    });
  }

  async versions(ids: number[]): Promise<Webhook[]> {
    const rows = await this.#reader.read((line) => line.run<VersionRow>(VERSIONS, [numbers(ids)]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids
      .map((id) => byId.get(id))
      .filter((row) => row !== undefined)
      .map((row) => toWebhook(this.#keyring, row));
  }

  async #write(
    tx: Transaction,
    uid: number,
    spec: WebhookSpec,
    reason: Webhook['disabledReason'],
  ): Promise<Webhook> {
    await this.#versions.write(tx, uid, spec, reason);
    const webhook = await this.#versions.current(tx, uid);
    if (!webhook) throw new Error(`webhook ${uid} vanished in its own transaction`);
    return webhook;
  }
}
