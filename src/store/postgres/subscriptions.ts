import { eventTypeCode } from '../../domain/event-types.js';
import type { ExpiryMarks } from '../../domain/held.js';
import type { Line } from './line.js';

export interface Subscription extends ExpiryMarks {
  webhookUid: number;
  versionId: number;
  generation: number;
  /** Its status. */
  enabled: boolean;
  /** It takes attempts: it is enabled, and its circuit is not open. */
  active: boolean;
  ordered: boolean;
  /** Only the lane's owner attempts: it is ordered, limited or not healthy. */
  exclusive: boolean;
  /** Became ordered while rows were open that have no place yet. */
  unplaced: boolean;
  /** See `UNSWEPT`. */
  unswept: number;
  /** Seconds. */
  maxAge: number | null;
  /** Positions in `EVENT_TYPES`. */
  eventTypes: number[];
}

/** One statement, and so one snapshot: what it reads is at least as new as the generation that asked for it. */
const CHANGED_SINCE = `
  SELECT w.uid, w.generation, w.version_id, w.deleted_at, v.status, v.event_types, v.ordered, v.rate_limit,
    v.max_age, l.health, l.unplaced, l.expired_until, l.expiries, l.expired_uid, l.unswept
  FROM webhook w JOIN webhook_version v ON v.id = w.version_id
  LEFT JOIN lane l ON l.webhook_uid = w.uid
  WHERE w.generation > $1 AND ($1 > 0 OR w.deleted_at IS NULL)`;

interface ChangedRow {
  uid: number;
  generation: number;
  version_id: number;
  deleted_at: number | null;
  status: string;
  event_types: string;
  ordered: number;
  rate_limit: number | null;
  max_age: number | null;
  health: string | null;
  unplaced: number | null;
  expired_until: number | null;
  expiries: number | null;
  expired_uid: number | null;
  unswept: number | null;
}

/**
 * Who gets what, kept in memory but never trusted: every transaction that decides by it reads the generation
 * first and loads what changed. Several transactions share it, each at its own point in time, so that it only
 * ever takes in what is committed, and never goes back.
 */
export class Subscriptions {
  #generation = 0;
  readonly #byWebhook = new Map<number, Subscription>();
  /** Generations of deletion. */
  readonly #deleted = new Map<number, number>();
  #byEventType = new Map<number, Subscription[]>();

  /** What is in memory is at least the state of this generation. */
  get generation(): number {
    return this.#generation;
  }

  /** Only before the transaction has changed anything itself. */
  async refresh(line: Line, generation: number): Promise<void> {
    if (generation <= this.#generation) return;
    const rows = await line.run<ChangedRow>(CHANGED_SINCE, [this.#generation]);
    for (const row of rows) this.#take(row);
    if (generation > this.#generation) this.#generation = generation;
    this.#byEventType = new Map();
    const byUid = [...this.#byWebhook.values()].sort((a, b) => a.webhookUid - b.webhookUid);
    for (const subscription of byUid) {
      for (const code of subscription.eventTypes) {
        const list = this.#byEventType.get(code);
        if (list) list.push(subscription);
        else this.#byEventType.set(code, [subscription]);
      }
    }
  }

  /** Undefined: deleted, or never there. */
  get(webhookUid: number): Subscription | undefined {
    return this.#byWebhook.get(webhookUid);
  }

  all(): Iterable<Subscription> {
    return this.#byWebhook.values();
  }

  /** By uid. Those that take no attempts too: what they are owed is held for them. */
  to(eventType: number): readonly Subscription[] {
    return this.#byEventType.get(eventType) ?? [];
  }

  #take(row: ChangedRow): void {
    const { uid, generation } = row;
    const known = Math.max(this.#byWebhook.get(uid)?.generation ?? 0, this.#deleted.get(uid) ?? 0);
    if (generation < known) return;
    if (row.deleted_at === null) {
      this.#byWebhook.set(uid, toSubscription(row));
      return;
    }
    this.#byWebhook.delete(uid);
    this.#deleted.set(uid, generation);
  }
}

function toSubscription(row: ChangedRow): Subscription {
  const names = JSON.parse(row.event_types) as string[];
  const ordered = row.ordered !== 0;
  return {
    webhookUid: row.uid,
    versionId: row.version_id,
    generation: row.generation,
    enabled: row.status === 'active',
    active: row.status === 'active' && row.health !== 'open',
    ordered,
    exclusive: ordered || row.rate_limit !== null || (row.health ?? 'healthy') !== 'healthy',
    unplaced: row.unplaced === 1,
    expiredUntil: row.expired_until ?? 0,
    expiries: row.expiries ?? 0,
    expiredUid: row.expired_uid ?? 0,
    unswept: row.unswept ?? 0,
    maxAge: row.max_age,
    eventTypes: names.map(eventTypeCode).filter((code) => code !== undefined),
  };
}
