import type { Actor } from '../../domain/actor.js';
import { webhookAudited } from '../../domain/audit.js';
import type { HeldChoice, Webhook, WebhookSpec } from '../../domain/webhook.js';
import { urlKey } from '../../domain/webhook-rules.js';
import type { Keyring } from '../keyring.js';
import type { WebhookChanges, WebhookStore, WebhookWrite } from '../store.js';
import { toWebhook, VERSION_COLUMNS, type VersionRow, WITH_LANE } from '../version-row.js';
import type { AuditTrail } from './audit-trail.js';
import type { Held } from './held.js';
import type { LaneHealth } from './lane-health.js';
import type { Ordering } from './ordering.js';
import type { Reader } from './reader.js';
import type { Transaction, Writer } from './transaction.js';
import type { Versions } from './versions.js';

const LIVING_WITH_URL = 'SELECT uid FROM webhook WHERE url_key = ? AND deleted_at IS NULL';
const INSERT_WEBHOOK =
  'INSERT INTO webhook (url_key, version_id, generation, created_at) VALUES (?, 0, 0, ?)';
const INSERT_LANE = 'INSERT INTO lane (webhook_uid) VALUES (?)';
const SET_URL = 'UPDATE webhook SET url_key = ? WHERE uid = ?';
const SET_DELETED = 'UPDATE webhook SET deleted_at = ?, generation = ? WHERE uid = ? AND deleted_at IS NULL';
const GENERATION = "SELECT value FROM meta WHERE name = 'generation'";
const GET = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
  WHERE w.uid = ? AND w.deleted_at IS NULL`;
const CHANGED = `
  SELECT ${VERSION_COLUMNS} FROM webhook w JOIN webhook_version v ON v.id = w.version_id ${WITH_LANE}
  WHERE w.generation > ? AND w.deleted_at IS NULL ORDER BY w.uid`;
const DELETED = `
  SELECT uid FROM webhook WHERE generation > ? AND deleted_at IS NOT NULL ORDER BY uid`;
const VERSION = `
  SELECT ${VERSION_COLUMNS} FROM webhook_version v JOIN webhook w ON w.uid = v.webhook_uid ${WITH_LANE}
  WHERE v.id = ?`;

export class SqliteWebhooks implements WebhookStore {
  readonly #writer: Writer;
  readonly #reader: Reader;
  readonly #versions: Versions;
  readonly #trail: AuditTrail;
  readonly #keyring: Keyring;
  readonly #lanes: LaneHealth;
  readonly #ordering: Ordering;
  readonly #held: Held;
  readonly #livingWithUrl;
  readonly #insertWebhook;
  readonly #insertLane;
  readonly #setUrl;
  readonly #setDeleted;
  readonly #generation;
  readonly #get;
  readonly #changed;
  readonly #deleted;
  readonly #version;

  constructor(
    writer: Writer,
    reader: Reader,
    parts: {
      versions: Versions;
      lanes: LaneHealth;
      ordering: Ordering;
      held: Held;
      trail: AuditTrail;
      keyring: Keyring;
    },
  ) {
    const { versions, lanes, ordering, held, trail, keyring } = parts;
    this.#writer = writer;
    this.#reader = reader;
    this.#versions = versions;
    this.#trail = trail;
    this.#keyring = keyring;
    this.#lanes = lanes;
    this.#ordering = ordering;
    this.#held = held;
    const { database } = writer;
    this.#livingWithUrl = database.prepare<[string], { uid: number }>(LIVING_WITH_URL);
    this.#insertWebhook = database.prepare<[string, number]>(INSERT_WEBHOOK);
    this.#insertLane = database.prepare<[number]>(INSERT_LANE);
    this.#setUrl = database.prepare<[string, number]>(SET_URL);
    this.#setDeleted = database.prepare<[number, number, number]>(SET_DELETED);
    this.#generation = reader.database.prepare<[], { value: number }>(GENERATION);
    this.#get = reader.database.prepare<[number], VersionRow>(GET);
    this.#changed = reader.database.prepare<[number], VersionRow>(CHANGED);
    this.#deleted = reader.database.prepare<[number], { uid: number }>(DELETED);
    this.#version = reader.database.prepare<[number], VersionRow>(VERSION);
  }

  async create(spec: WebhookSpec, by: Actor): Promise<WebhookWrite> {
    return this.#writer.transaction((tx): WebhookWrite => {
      const key = urlKey(spec.url);
      if (this.#livingWithUrl.get(key)) return { kind: 'same-url' };
      const uid = Number(this.#insertWebhook.run(key, tx.now).lastInsertRowid);
      this.#insertLane.run(uid);
      const webhook = this.#write(uid, spec, null, tx);
      this.#trail.write(tx.now, by, webhookAudited({ before: null, after: webhook }));
      return { kind: 'written', webhook };
    });
  }

  async update(
    uid: number,
    spec: WebhookSpec,
    by: Actor,
    choice: HeldChoice = 'release',
  ): Promise<WebhookWrite> {
    return this.#writer.transaction((tx): WebhookWrite => {
      const before = this.#versions.current(uid);
      if (!before) return { kind: 'unknown' };
      const key = urlKey(spec.url);
      const other = this.#livingWithUrl.get(key);
      if (other && other.uid !== uid) return { kind: 'same-url' };
      if (!other) this.#setUrl.run(key, uid);
      // Changing the description of a webhook that the server disabled does not make a person the reason.
      const reason = spec.status === 'disabled' ? before.disabledReason : null;
      // Nothing is known yet of how another URL answers, and a status is a person's word.
      if (spec.url !== before.url || spec.status !== before.status) this.#lanes.reset(uid);
      if (spec.status === 'active' && before.status === 'disabled') this.#held.enabled(uid, choice, tx.now);
      if (spec.ordered && !before.ordered) this.#ordering.becomeOrdered(uid);
      const webhook = this.#write(uid, spec, reason, tx);
      this.#trail.write(tx.now, by, webhookAudited({ before, after: webhook }));
      return { kind: 'written', webhook };
    });
  }

  async remove(uid: number, by: Actor): Promise<boolean> {
    return this.#writer.transaction((tx) => {
      const before = this.#versions.current(uid);
      if (!before) return false;
      this.#setDeleted.run(tx.now, this.#versions.moveGeneration(), uid);
      this.#trail.write(tx.now, by, webhookAudited({ before, after: null }));
      return true;
    });
  }

  async get(uid: number): Promise<Webhook | null> {
    return this.#reader.read(() => {
      const row = this.#get.get(uid);
      return row ? toWebhook(this.#keyring, row) : null;
    });
  }

  async changesSince(generation: number): Promise<WebhookChanges> {
    return this.#reader.snapshot(() => ({
      generation: this.#generation.get()?.value ?? 0,
      changed: this.#changed.all(generation).map((row) => toWebhook(this.#keyring, row)),
      deleted: generation === 0 ? [] : this.#deleted.all(generation).map(({ uid }) => uid),
    }));
  }

  async versions(ids: number[]): Promise<Webhook[]> {
    return this.#reader.snapshot(() => {
      const rows = ids.map((id) => this.#version.get(id));
      return rows.filter((row) => row !== undefined).map((row) => toWebhook(this.#keyring, row));
    });
  }

  #write(uid: number, spec: WebhookSpec, reason: Webhook['disabledReason'], tx: Transaction): Webhook {
    this.#versions.write(uid, spec, reason, tx.now);
    const webhook = this.#versions.current(uid);
    if (!webhook) throw new Error(`webhook ${uid} vanished in its own transaction`);
    return webhook;
  }
}
