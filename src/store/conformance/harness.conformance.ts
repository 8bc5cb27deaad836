import { randomUUID } from 'node:crypto';
import type { Actor } from '../../domain/actor.js';
import type { Attempt } from '../../domain/delivery.js';
import type { AcceptedEvent } from '../../domain/event.js';
import type { Webhook, WebhookSpec } from '../../domain/webhook.js';
import type {
  AcceptResult,
  HeldDelivery,
  OutcomeRequest,
  OutcomeResult,
  Session,
  SessionLimits,
  Store,
} from '../store.js';

/** A store under test, with what a test may do to the world around it. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Lets time pass in the store's eyes. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock, forwards or back. */
  jump(ms: number): Promise<void>;
  /** The store's wall clock, ms. */
  now(): Promise<number>;
  /** Another process takes over the data; what the first one's sessions held was never given back. */
  restart(): Promise<Store>;
  dispose(): Promise<void>;
}

export type MakeStore = () => Promise<StoreUnderTest>;

export const DOOR = 'log.door_was_opened';
export const CALL = 'log.incoming_call';
export const SECRET = 'a secret of the receiver';

/** Who changes things in these tests. */
export const ANNA: Actor = { kind: 'user', uid: 1, name: 'Anna', address: '192.0.2.7' };

export const ROOMY: SessionLimits = { perLane: 1000, bytes: 10_000_000 };

export function spec(change: Partial<WebhookSpec> = {}): WebhookSpec {
  return {
    url: `https://receiver.example/${randomUUID()}`,
    status: 'active',
    eventTypes: [DOOR],
    maxRetries: 3,
    secret: SECRET,
    timeout: null,
    headers: '{"X-Building":"7"}',
    description: null,
    ordered: false,
    rateLimit: null,
    maxAge: null,
    ...change,
  };
}

export function event(change: Partial<AcceptedEvent> = {}): AcceptedEvent {
  return {
    eventType: DOOR,
    source: 'panel-1',
    data: '{"number":"12345678901234567890"}',
    createdAt: null,
    idempotency: null,
    ...change,
  };
}

export async function createWebhook(store: Store, change: Partial<WebhookSpec> = {}): Promise<Webhook> {
  const written = await store.webhooks.create(spec(change), ANNA);
  if (written.kind !== 'written') throw new Error(`the webhook was not created: ${written.kind}`);
  return written.webhook;
}

export type Accepted = Extract<AcceptResult, { kind: 'accepted' }>;

export async function accept(
  store: Store,
  session: Session,
  events: AcceptedEvent[] = [event()],
  credential = 'user:1',
): Promise<Accepted> {
  const result = await store.deliveries.accept({ session, credential, events });
  if (result.kind !== 'accepted') throw new Error(`not accepted: ${result.kind}`);
  return result;
}

/** Exactly one delivery, offered to the session at once. */
export async function acceptOne(store: Store, session: Session): Promise<HeldDelivery> {
  const { offered } = await accept(store, session);
  return only(offered);
}

export function only<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined || list.length !== 1) throw new Error(`expected one, there are ${list.length}`);
  return first;
}

export function attempt(held: HeldDelivery, versionId: number, change: Partial<Attempt> = {}): Attempt {
  return {
    number: held.attempts + 1,
    versionId,
    formId: null,
    startedAt: held.acceptedAt + 5,
    durationMs: 12.5,
    responseStatus: 200,
    error: null,
    note: null,
    responseHeaders: 'content-type: text/plain',
    responseBody: 'ok',
    resend: false,
    resent: false,
    ...change,
  };
}

export const DELIVERED = { state: 'delivered', reason: 'success' } as const;
export const FAILED = { state: 'failed', reason: 'retries-exhausted' } as const;

export function outcome(
  session: Session,
  held: HeldDelivery,
  versionId: number,
  change: Partial<OutcomeRequest> = {},
): OutcomeRequest {
  return {
    session,
    deliveryUid: held.uid,
    claimNo: held.claimNo,
    attempt: attempt(held, versionId),
    next: DELIVERED,
    disable: null,
    probe: false,
    lane: null,
    ...change,
  };
}

/** A failed attempt with a retry to come. */
export function retry(
  session: Session,
  held: HeldDelivery,
  versionId: number,
  delayMs: number,
): OutcomeRequest {
  const refused = { kind: 'refused', message: 'connection refused' } as const;
  return outcome(session, held, versionId, {
    attempt: attempt(held, versionId, {
      responseStatus: null,
      error: refused,
      responseHeaders: null,
      responseBody: null,
    }),
    next: { state: 'retrying', delayMs },
  });
}

export function record(store: Store, request: OutcomeRequest): Promise<OutcomeResult> {
  return store.deliveries.record(request);
}
