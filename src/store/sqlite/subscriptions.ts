import { eventTypeCode } from '../../domain/event-types.js';
import type { Connection } from './connection.js';

export interface Subscription {
  webhookUid: number;
  versionId: number;
  /** Its status. */
  enabled: boolean;
  /** It takes attempts: it is enabled, and its circuit is not open. */
  active: boolean;
  ordered: boolean;
  /** Became ordered while rows were open that have no place yet. */
  unplaced: boolean;
  /** How far giving places has come; what is forgotten is looked at again. */
  placedTo: { due_at: number; uid: number } | null;
  /** As in its lane; what is expired by these is never claimed. */
  expiredUntil: number;
  expiries: number;
  expiredUid: number;
  /** Of `UNSWEPT`: which rows that are expired may still be open. */
  unswept: number;
  /** How far a sweep has come; what is forgotten is looked at again. */
  sweptTo: { due_at: number; uid: number } | null;
  /** Seconds. */
  maxAge: number | null;
  /** Positions in `EVENT_TYPES`. */
  eventTypes: number[];
}

const READ_GENERATION = "SELECT value FROM meta WHERE name = 'generation'";
const CHANGED_SINCE = `
  SELECT w.uid, w.version_id, w.deleted_at, v.status, v.event_types, v.ordered, v.max_age, l.health, l.unplaced,
    l.expired_until, l.expiries, l.expired_uid, l.unswept
  FROM webhook w JOIN webhook_version v ON v.id = w.version_id
  LEFT JOIN lane l ON l.webhook_uid = w.uid
  WHERE w.generation > ?`;

interface ChangedRow {
  uid: number;
  version_id: number;
  deleted_at: number | null;
  status: string;
  event_types: string;
  ordered: number;
  max_age: number | null;
  health: string | null;
  unplaced: number | null;
  expired_until: number | null;
  expiries: number | null;
  expired_uid: number | null;
  unswept: number | null;
}

/**
 * Who gets what, kept in memory but never trusted: every transaction that decides by it reads the
 * generation first and loads what changed, so that no event is accepted by an outdated subscription.
 */
export class Subscriptions {
  readonly #readGeneration;
  readonly #changedSince;
  #generation = 0;
  #byWebhook = new Map<number, Subscription>();
  #byEventType = new Map<number, Subscription[]>();

  constructor(database: Connection) {
    this.#readGeneration = database.prepare<[], { value: number }>(READ_GENERATION);
    this.#changedSince = database.prepare<[number], ChangedRow>(CHANGED_SINCE);
  }

  /** What is in memory is the state of this generation. */
  get generation(): number {
    return this.#generation;
  }

  /** Only within a transaction, and before anything is decided there. */
  refresh(): void {
    const generation = this.#readGeneration.get()?.value ?? 0;
    if (generation === this.#generation) return;
    for (const row of this.#changedSince.all(this.#generation)) {
      if (row.deleted_at === null) this.#byWebhook.set(row.uid, toSubscription(row));
      else this.#byWebhook.delete(row.uid);
    }
    this.#generation = generation;
    this.#byEventType = new Map();
    for (const subscription of this.#byWebhook.values()) {
      for (const code of subscription.eventTypes) {
        const list = this.#byEventType.get(code);
        if (list) list.push(subscription);
        else this.#byEventType.set(code, [subscription]);
      }
    }
  }

  /** After a roll back: what was loaded in it may never have been. */
  forget(): void {
    this.#generation = 0;
    this.#byWebhook.clear();
    this.#byEventType.clear();
  }

  /** Undefined: deleted, or never there. */
  get(webhookUid: number): Subscription | undefined {
    return this.#byWebhook.get(webhookUid);
  }

  all(): Iterable<Subscription> {
    return this.#byWebhook.values();
  }

  /** Those that take no attempts too: what they are owed is held for them. */
  to(eventType: number): readonly Subscription[] {
    return this.#byEventType.get(eventType) ?? [];
  }
}

function toSubscription(row: ChangedRow): Subscription {
  const names = JSON.parse(row.event_types) as string[];
  return {
    webhookUid: row.uid,
    versionId: row.version_id,
    enabled: row.status === 'active',
    active: row.status === 'active' && row.health !== 'open',
    ordered: row.ordered !== 0,
    unplaced: row.unplaced === 1,
    placedTo: null,
    expiredUntil: row.expired_until ?? 0,
    expiries: row.expiries ?? 0,
    expiredUid: row.expired_uid ?? 0,
    unswept: row.unswept ?? 0,
    sweptTo: null,
    maxAge: row.max_age,
    eventTypes: names.map(eventTypeCode).filter((code) => code !== undefined),
  };
}
