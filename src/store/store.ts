/**
 * The store's door. Every verb is one transaction, returns a promise, and takes and returns plain,
 * structured-cloneable data: no callback, statement or transaction crosses it, so that a store can
 * move to another thread or another machine. What any store must do is in `conformance/`; a rule
 * that is not tested there does not exist.
 *
 * Verbs that find the store unable to work reject with `StoreUnavailable`; nothing was written then,
 * unless `inDoubt` says that the commit's answer was lost.
 */
import type { Actor } from '../domain/actor.js';
import type { AuditAction, AuditEntry } from '../domain/audit.js';
import type { Attempt, DeliveryState, NextStep } from '../domain/delivery.js';
import type { AcceptedEvent, StoredEvent } from '../domain/event.js';
import type { KeySpec } from '../domain/key-rules.js';
import type { IdOrigin } from '../domain/message-id.js';
import type { AccountType, Scope } from '../domain/rights.js';
import type { DisabledReason, HeldChoice, Webhook, WebhookSpec } from '../domain/webhook.js';
import type { HistoryStore } from './history-store.js';
import type { JobStore } from './job-store.js';
import type { ListingStore, PageRequest } from './listing-store.js';
import type { Heartbeat, NodeStore } from './node-store.js';
import type { ResendStore } from './resend-store.js';
import type { Session } from './session.js';

export type * from './history-store.js';
export type * from './job-store.js';
export type * from './listing-store.js';
export type * from './node-store.js';
export type * from './resend-store.js';
export type * from './session.js';
export type { AcceptedEvent, AccountType, StoredEvent };

export interface Store {
  readonly deliveries: DeliveryStore;
  readonly webhooks: WebhookStore;
  readonly people: PeopleStore;
  readonly keys: KeyStore;
  readonly audit: AuditStore;
  readonly listings: ListingStore;
  readonly log: LogStore;
  readonly jobs: JobStore;
  readonly nodes: NodeStore;
  /** Made once, with the store; the same for all that open it, and where it is moved to. */
  readonly idOrigin: IdOrigin;
  /** Waits for what is under way; later verbs reject with `StoreUnavailable`. Twice is fine. */
  close(): Promise<void>;
}

/** The store cannot take this now: disk full, no primary, closed. */
export class StoreUnavailable extends Error {
  /** The commit was sent and its answer lost: it may have happened. */
  readonly inDoubt: boolean;
  constructor(message: string, options: { cause?: unknown; inDoubt?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.name = 'StoreUnavailable';
    this.inDoubt = options.inDoubt ?? false;
  }
}

// ---------------------------------------------------------------- deliveries: the hot path

/** What one process may hold in memory; what does not fit waits in the store. */
export interface SessionLimits {
  /** Deliveries per lane. */
  perLane: number;
  /** Bytes of event data over all lanes. */
  bytes: number;
}

export interface AcceptRequest {
  session: Session;
  /** Whose idempotency keys these are, e.g. `user:1` or `key:7`. */
  credential: string;
  /** 1 to 1000; written all or none. */
  events: AcceptedEvent[];
  /** An event whose idempotency key was used with another is left out, in place of a refusal of all. */
  partial?: boolean;
}

/** `conflict`: the event was left out of a partial request; then `eventId` is 0. */
export interface AcceptedItem {
  eventId: number;
  /** No event was written. */
  duplicate: boolean;
  conflict?: true;
}

export type AcceptResult =
  | {
      kind: 'accepted';
      items: AcceptedItem[];
      /** Fresh rows that this session owns already; the rest of the fan-out waits in the store. */
      offered: HeldDelivery[];
      /** Lanes that take attempts or probes now, in which rows were left in the store. */
      spilled: number[];
    }
  | { kind: 'idempotency-conflict'; item: number }
  | { kind: 'too-many-deliveries' };

/** A delivery in this session's hands. */
export interface HeldDelivery {
  uid: number;
  webhookUid: number;
  claimNo: number;
  event: StoredEvent;
  /** Attempts made so far, over all runs. */
  attempts: number;
  /** Attempts made before the current run; a resend starts a run. */
  runBase: number;
  /** The current run was started by a resend. */
  resend: boolean;
  /** ms, wall clock of the store */
  acceptedAt: number;
  /** Its place in an ordered lane: fresh rows count on by one, and what waits is claimed from the first open one. */
  laneSeq: number | null;
}

/** A test of a webhook: an event that no panel reported, for this webhook alone. */
export interface TestRequest {
  session: Session;
  webhookUid: number;
  eventType: string;
  source: string;
  /** Compact JSON text. */
  data: string;
}

export interface ClaimResult {
  deliveries: HeldDelivery[];
  /**
   * False: nothing claimable is left in this lane now, and from this very transaction on fresh rows are
   * offered to the session again (as far as its limits go).
   */
  more: boolean;
  /** When the lane's next row that nobody holds falls due, in ms from now; null when there is none. */
  nextDueMs: number | null;
  /**
   * Of an ordered lane of which nothing is open, where other nodes accept for it too: the place that was given
   * last. Only the row with the next one may go before a claim.
   */
  lastSeq?: number;
  /** The lane is this session's with this claim, and was another's, who may have attempted in the last second. */
  tookOver?: true;
  /** True: rows were ended as too old or given their places; there may be more of them, claim again at once. */
  again: boolean;
}

/** The circuit of a lane; written only while the webhook is enabled and at the version that this was decided by. */
export type LaneChange =
  /** Opens it, or says that a probe failed: then `failingForMs` is not looked at. */
  | { health: 'open'; probeInMs: number; probes: number; failingForMs: number }
  | { health: 'draining' }
  | { health: 'healthy' };

export interface OutcomeRequest {
  session: Session;
  deliveryUid: number;
  claimNo: number;
  attempt: Attempt;
  next: NextStep;
  /** Disable the webhook in the same transaction, unless it has moved on from the attempt's version. */
  disable: DisabledReason | null;
  /** A probe uses no retry: a delivery that it leaves open has as many left as before. */
  probe: boolean;
  /** What this outcome does to the circuit, in the same transaction; not beside `disable`. */
  lane: LaneChange | null;
}

/**
 * `recorded`: written, or the very same outcome was written before. `state` is what the delivery became:
 * a retry of a deleted webhook ends as `cancelled`. `stale`: another session or claim holds the row.
 */
export type OutcomeResult =
  | {
      kind: 'recorded';
      state: DeliveryState;
      dueInMs: number | null;
      disabled: boolean;
      /** The lane stands as `lane` asked. */
      laneChanged: boolean;
    }
  | { kind: 'stale' };

export interface DeliveryStore extends ResendStore, HistoryStore {
  /** SQLite: every earlier session is dead at once, the lock proves it. */
  openSession(limits: SessionLimits): Promise<Session>;
  heartbeat(session: Session): Promise<Heartbeat>;
  /** Frees all that the session holds. */
  closeSession(session: Session): Promise<void>;
  /** Writes events and their deliveries; resolves when they are durable. Grouped. */
  accept(request: AcceptRequest): Promise<AcceptResult>;
  /**
   * Writes an event and its one delivery, both marked `test`, in this session's hands at once, whatever its
   * limits and the webhook's status; null: no such webhook. Tests count in no statistics, and nobody is owed
   * one: a test that is given back, or whose session ends, ends as `cancelled` and is never claimed. Grouped.
   */
  acceptTest(request: TestRequest): Promise<HeldDelivery | null>;
  /**
   * Takes up to `limit` due rows of one lane, oldest due first; none while the lane is held. Of an ordered lane
   * it takes the first open rows by their places, as far as each is due, and none while the session holds the
   * first. What is older than the webhook's greatest age, or was held too long, ends as `expired` instead. Grouped.
   */
  claim(request: { session: Session; webhookUid: number; limit: number }): Promise<ClaimResult>;
  /**
   * Takes one row of a lane whose circuit is open, due or not: the first of an ordered lane, of any other the
   * one due first, which after a failed probe is another. Null: nothing is owed. Grouped.
   */
  claimProbe(request: {
    session: Session;
    webhookUid: number;
  }): Promise<{ delivery: HeldDelivery | null; again: boolean }>;
  /** Ends rows as `expired`, `too-old`, where session and claim still hold them. Grouped. */
  expire(request: { session: Session; rows: { uid: number; claimNo: number }[] }): Promise<void>;
  /** False: the webhook is disabled, deleted or at another version. Grouped. */
  setHealth(request: { webhookUid: number; versionId: number; change: LaneChange }): Promise<boolean>;
  /** Writes attempt, next state and statistics where session and claim still hold the row. Grouped. */
  record(outcome: OutcomeRequest): Promise<OutcomeResult>;
  /** The number under which attempts name this form: the same for the same text, for ever, and no other's. */
  requestForm(text: string): Promise<number>;
  /** Gives rows back unattempted: no number, no retry is used. Rows held by others are left alone. Grouped. */
  release(request: { session: Session; rows: { uid: number; claimNo: number }[] }): Promise<void>;
  /** Lanes that take attempts or probes and have rows in nobody's hands, and when the first falls due (ms, ≤ 0 is now). */
  backlog(session: Session): Promise<{ webhookUid: number; dueInMs: number }[]>;
  /** Ends up to `limit` open rows of deleted webhooks as `cancelled`; rows under way are left to end. */
  endOrphans(limit: number): Promise<{ ended: number; more: boolean }>;
  /** Forgets idempotency keys older than 24 h and folds statistics, up to `limit` rows of each. */
  tidy(limit: number): Promise<{ more: boolean }>;
  /**
   * Takes accepted rows into what the lists are found by, up to `limit` groups of about a thousand. Lists are
   * right without it, and slow.
   */
  indexLists(limit: number): Promise<{ more: boolean }>;
}

// ---------------------------------------------------------------- webhooks and people
// A verb that takes `by` writes what it changes into the audit trail in the same transaction.

export type WebhookWrite = { kind: 'written'; webhook: Webhook } | { kind: 'same-url' } | { kind: 'unknown' };

export interface WebhookStore {
  create(spec: WebhookSpec, by: Actor): Promise<WebhookWrite>;
  /**
   * Writes a new version and moves the generation, in one transaction. Where it enables the webhook, what was
   * held too long by then is expired, whatever comes after; with `held: 'expire'`, all that was held.
   */
  update(uid: number, spec: WebhookSpec, by: Actor, held?: HeldChoice): Promise<WebhookWrite>;
  remove(uid: number, by: Actor): Promise<boolean>;
  /** The current version, decrypted; null when unknown or deleted. */
  get(uid: number): Promise<Webhook | null>;
  /** All that changed after `generation` (0: everything that lives). */
  changesSince(generation: number): Promise<WebhookChanges>;
  /** Versions by id, also of deleted webhooks, for showing what an attempt sent. Unknown ids are left out. */
  versions(ids: number[]): Promise<Webhook[]>;
}

export interface WebhookChanges {
  generation: number;
  changed: Webhook[];
  deleted: number[];
}

export interface User {
  uid: number;
  username: string;
  accountType: AccountType;
  /** Argon2id of the lower-case hex MD5 of the password. */
  passwordHash: string;
  createdAt: number;
}

export type UserWrite =
  | { kind: 'written'; user: User }
  | { kind: 'same-username' }
  | { kind: 'last-administrator' }
  | { kind: 'unknown' };

export interface PeopleStore {
  /** null: that name is taken (compared exactly). */
  createUser(
    user: { username: string; accountType: AccountType; passwordHash: string },
    by: Actor,
  ): Promise<User | null>;
  /** null: stays. A new password ends the user's tokens. The last administrator stays one. */
  changeUser(
    uid: number,
    change: { username: string | null; accountType: AccountType | null; passwordHash: string | null },
    by: Actor,
  ): Promise<UserWrite>;
  /** Also ends the user's tokens. The last administrator stays. */
  removeUser(uid: number, by: Actor): Promise<'removed' | 'last-administrator' | 'unknown'>;
  user(uid: number): Promise<User | null>;
  userByName(username: string): Promise<User | null>;
  users(request: PageRequest & { accountType: AccountType | null }): Promise<{ total: number; rows: User[] }>;
  countUsers(): Promise<number>;
  /**
   * `hash`: hex SHA-256 of the token; the token itself is never stored. `user`: as it was verified; false when
   * it is gone or has another password by now. `login`: who is entered in the audit trail as having logged in;
   * null: nobody.
   */
  createToken(token: {
    hash: string;
    user: Pick<User, 'uid' | 'passwordHash'>;
    livesMs: number;
    login: Actor | null;
  }): Promise<boolean>;
  /** The user of a token that has not ended; null otherwise. */
  userByToken(hash: string): Promise<User | null>;
  endToken(hash: string): Promise<void>;
}

/** A credential of a machine. */
export interface ApiKey extends KeySpec {
  uid: number;
  /** How it begins, for people to know it by. */
  prefix: string;
  createdAt: number;
  /** To the minute; null: never. */
  lastUsedAt: number | null;
}

export interface KeyStore {
  /** `hash`: hex SHA-256 of the key; the key itself is never stored. */
  create(key: KeySpec & { prefix: string; hash: string }, by: Actor): Promise<ApiKey>;
  /** null: unknown, or revoked. */
  byHash(hash: string): Promise<ApiKey | null>;
  list(request: PageRequest & { scope: Scope | null }): Promise<{ total: number; rows: ApiKey[] }>;
  /** It counts no more from then on. False: no such key. */
  revoke(uid: number, by: Actor): Promise<boolean>;
  /** They were used just now; unknown ones are left out. */
  used(uids: number[]): Promise<void>;
}

export interface AuditRecord {
  actor: Actor;
  entry: AuditEntry;
}

export interface AuditRow extends AuditRecord {
  uid: number;
  /** ms, wall clock of the store */
  at: number;
}

/** All are combined; null: any. */
export interface AuditFilter {
  action: AuditAction | null;
  actorKind: Actor['kind'] | null;
  /** ms, both inclusive */
  from: number | null;
  to: number | null;
}

/** What changed, by whom. Entries are never changed, and never forgotten. */
export interface AuditStore {
  /** For what is no change of the store: all of them, or none. */
  record(records: AuditRecord[]): Promise<void>;
  list(request: PageRequest & { filter: AuditFilter }): Promise<{ total: number; rows: AuditRow[] }>;
}

// ---------------------------------------------------------------- the log

/** A page of the log as one account sees it. */
export interface LogRequest {
  /** Whose place in the log counts, e.g. `user:1` or `key:7`. */
  account: string;
  /** Null: any; an empty list: nothing matches. */
  eventTypes: string[] | null;
  /** When it happened, ms, both inclusive. */
  from: number | null;
  to: number | null;
  /** False: newest first. */
  asc: boolean;
  offset: number;
  limit: number;
}

/** The events by when they happened, ties by number, as the panels keep their log; without those of tests. */
export interface LogStore {
  /** With the exact total. Remembers for `clear` what the account was shown. */
  items(request: LogRequest): Promise<{ total: number; rows: StoredEvent[] }>;
  /**
   * Deletes nothing: from now on the account's log begins after the newest event that it was shown. What was
   * accepted after that listing stays in it, also when it happened earlier. Durable. After a crash an account
   * may be shown again what it was shown in the seconds before, never less than it has not seen.
   */
  clear(account: string): Promise<void>;
  /**
   * Files up to `limit` accepted events under the time at which they happened, once enough of them wait, and
   * writes what accounts were shown. The log is right without it, and slow.
   */
  file(limit: number): Promise<{ more: boolean }>;
}
