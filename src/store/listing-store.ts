/** What the store shows: lists, details and counts. It changes nothing. */
import type { Attempt, DeliveryState, EndReason } from '../domain/delivery.js';
import type { StoredEvent } from '../domain/event.js';
import type { StandbyState } from '../domain/standby.js';
import type { Webhook } from '../domain/webhook.js';

/** A page of a list by uid, `offset` rows skipped. */
export interface PageRequest {
  limit: number;
  offset: number;
  asc: boolean;
}

export interface DeliveryRow {
  uid: number;
  webhookUid: number;
  /** The URL of the version used last, else the current one. */
  url: string;
  eventId: number;
  eventType: string;
  state: DeliveryState;
  /** Open, and its lane takes no attempts now. */
  held: boolean;
  reason: EndReason | null;
  attempts: number;
  maxAttempts: number;
  responseStatus: number | null;
  acceptedAt: number;
  lastAttemptAt: number | null;
  nextAttemptAt: number | null;
  test: boolean;
}

export interface RecordedAttempt extends Attempt {
  /** The text of its form. */
  form: string | null;
}

export interface EventRow extends StoredEvent {
  source: string;
  acceptedAt: number;
  deliveries: (DeliveryRow & { attemptLog: RecordedAttempt[] })[];
}

export type DeliveryStatus = DeliveryState | 'held';

/** All are combined; null: any. An empty list: nothing matches. */
export interface DeliveryFilter {
  webhookUids: number[] | null;
  eventTypes: string[] | null;
  /** As shown: `held` in place of an open state while the lane takes no attempts. */
  statuses: DeliveryStatus[] | null;
  sources: string[] | null;
  eventIds: number[] | null;
  /** When it was accepted, ms, both inclusive. */
  from: number | null;
  to: number | null;
  /** Without those of disabled webhooks, which are held because somebody wants it so. */
  enabledOnly?: boolean;
}

/** An event is listed when, besides, one of its deliveries has both webhook and status. */
export interface EventFilter extends DeliveryFilter {
  /** True: only those that no webhook wanted. */
  unmatched: boolean;
}

/** Rows `offset` and on, with the exact total; or those behind a row, in the list's order. */
export type Slice<Position> = { limit: number } & ({ offset: number } | { after: Position | null });

export interface Listed<Row> {
  /** By all filters; null behind a row. */
  total: number | null;
  rows: Row[];
  /** Whether rows follow these; false also where it was not asked (with an offset). */
  more: boolean;
}

export interface DeliveryPosition {
  uid: number;
  /** ms; of the list by next attempt only. */
  dueAt: number | null;
}

export interface EventListRow extends StoredEvent {
  source: string;
  acceptedAt: number;
  /** How many deliveries it was given. */
  fanout: number;
}

/** Members by which webhooks are sorted. */
export type WebhookSort =
  | 'uid'
  | 'url'
  | 'status'
  | 'timeout'
  | 'description'
  | 'maxRetries'
  | 'disabledReason'
  | 'ordered'
  | 'rateLimit'
  | 'maxAge'
  | 'health'
  | 'failingSince'
  | 'nextProbeAt';

export interface WebhookFilter {
  uids: number[] | null;
  /** It subscribes to one of these. */
  eventTypes: string[] | null;
  statuses: Webhook['status'][] | null;
  /** Each is a part of its URL or description, whatever the case. */
  q: string[];
}

/** The sort's value and the uid of a row. */
export interface WebhookPosition {
  key: string | number | null;
  uid: number;
}

/** A delivery with its event and its attempts. */
export interface DeliveryDetails {
  event: StoredEvent;
  delivery: DeliveryRow & { attemptLog: RecordedAttempt[] };
}

export interface StatisticsQuery {
  /** ms, both inclusive: of acceptance. Rounded out to minutes, to hours where that is more than 48 h ago. */
  from: number;
  to: number;
  /** ms, whole minutes: how long the time of one point is, counted from 1970; null: no points. */
  stepMs: number | null;
  by: 'webhook' | 'event-type' | null;
  /** null: all. */
  eventType: string | null;
  /** Left out: all. */
  webhookUids?: number[];
  /** Over all series. */
  maxPoints: number;
}

/** What became of deliveries, tests left out. */
export interface StatisticsCounts {
  counts: Record<DeliveryState, number>;
  /** ms from acceptance to the end, of those delivered, right within a tenth; null where there are none. */
  latency: { p50: number; p95: number; p99: number } | null;
}

export interface StatisticsSeries extends StatisticsCounts {
  /** Where it goes by webhook; of deleted webhooks too. */
  webhookUid: number | null;
  /** Where it goes by event type. */
  eventType: string | null;
  /** In order of time; where nothing was accepted there is no point. */
  points: (StatisticsCounts & { start: number })[];
}

export type StatisticsResult =
  /** The window that was counted, ms, `to` exclusive, and the step, which is hours where the window is. */
  | { kind: 'counted'; from: number; to: number; stepMs: number | null; series: StatisticsSeries[] }
  | { kind: 'too-many-points' };

export interface SystemRow {
  /** `sqlite`, `postgres` */
  store: string;
  /** Number of the newest migration. */
  schema: number;
  /** Bytes on disk, with what belongs to the database beside its file. */
  sizeBytes: number;
  /** Whether what is committed survives the loss of the primary; null: a file of this machine. */
  standby: StandbyState | null;
  /** Where the data lie; null: on another machine, which does not tell. */
  disk: { freeBytes: number; totalBytes: number } | null;
  /** Living sessions; ms, wall clock. */
  nodes: { session: number; openedAt: number; heartbeatAt: number }[];
}

export interface ListingStore {
  /** An event with all its deliveries and attempts; null when unknown. */
  event(eventId: number): Promise<EventRow | null>;
  /** null when unknown. */
  delivery(uid: number): Promise<DeliveryDetails | null>;
  /**
   * Counts by state and latency, from the statistics. Not grouped, there is exactly one series; else one for
   * each webhook or event type that something was accepted for, in order.
   */
  statistics(query: StatisticsQuery): Promise<StatisticsResult>;
  system(): Promise<SystemRow>;
  /** Living webhooks. Strings in code-point order, null before everything, ties by uid. */
  webhooks(request: {
    filter: WebhookFilter;
    sort: WebhookSort;
    asc: boolean;
    slice: Slice<WebhookPosition>;
  }): Promise<Listed<Webhook> & { next: WebhookPosition | null }>;
  /** By uid, which is the order of acceptance. */
  deliveries(request: {
    filter: DeliveryFilter;
    asc: boolean;
    slice: Slice<DeliveryPosition>;
  }): Promise<Listed<DeliveryRow>>;
  /** Those that are `retrying`, by their next attempt, ties by uid. */
  retriesByDue(request: {
    filter: DeliveryFilter;
    asc: boolean;
    slice: Slice<DeliveryPosition>;
  }): Promise<Listed<DeliveryRow>>;
  /** Without those of tests, by id. */
  events(request: { filter: EventFilter; asc: boolean; slice: Slice<number> }): Promise<Listed<EventListRow>>;
  /** Deliveries by state over everything kept, from the statistics. */
  totals(): Promise<Record<DeliveryState, number>>;
}
