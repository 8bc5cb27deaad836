/** The words in which the delivery tests speak: subscribe, report, look at what became of it. */
import type { TestServer } from './server.js';
import { until } from './until.js';

export interface DeliveryItem {
  item_uid: number;
  webhook_uid: number;
  url: string;
  status: string;
  reason: string | null;
  attempts: number;
  max_attempts: number;
  response_status: number | null;
  next_attempt_at: number | null;
  attempt_log: {
    attempt: number;
    started_at: number;
    duration_ms: number;
    response_status: number | null;
    error: string | null;
    note: string | null;
    request_headers: string;
    response_headers: string | null;
    response_body: string | null;
    resent: boolean;
  }[];
}

export interface EventItem {
  event_id: number;
  event_type: string;
  data: Record<string, unknown>;
  created_at: number;
  accepted_at: number;
  deliveries: DeliveryItem[];
}

export const EVENT_TYPE = 'log.access_granted_by_valid_identifier';

/** Makes a webhook and returns its uid. */
export async function subscribe(
  server: TestServer,
  url: string,
  members: Record<string, unknown> = {},
): Promise<number> {
  const answer = await server.admin('POST', '/api/v1/webhooks', webhook(url, members));
  if (answer.status !== 200) throw new Error(`no webhook: ${answer.text}`);
  return (answer.json as { item_uid: number }).item_uid;
}

export function webhook(url: string, members: Record<string, unknown> = {}): Record<string, unknown> {
  return { url, status: 'active', event_types: [EVENT_TYPE], max_retries: 3, ...members };
}

export async function change(
  server: TestServer,
  uid: number,
  url: string,
  members: Record<string, unknown> = {},
): Promise<void> {
  const answer = await server.admin('PUT', `/api/v1/webhooks/${uid}`, webhook(url, members));
  if (answer.status !== 200) throw new Error(`no change: ${answer.text}`);
}

/** Sends one event in and returns its id. */
export async function report(server: TestServer, members: Record<string, unknown> = {}): Promise<number> {
  const [id] = await reportAll(server, [members]);
  if (id === undefined) throw new Error('no event id');
  return id;
}

export async function reportAll(server: TestServer, events: Record<string, unknown>[]): Promise<number[]> {
  const body = events.map((members) => ({ event_type: EVENT_TYPE, ...members }));
  const answer = await server.admin('POST', '/api/v1/events', body);
  if (answer.status !== 202) throw new Error(`not accepted: ${answer.text}`);
  return (answer.json as { items: { event_id: number }[] }).items.map((item) => item.event_id);
}

export async function eventOf(server: TestServer, eventId: number): Promise<EventItem> {
  const answer = await server.admin('GET', `/api/v1/events/${eventId}`);
  if (answer.status !== 200) throw new Error(`no event: ${answer.text}`);
  return answer.json as EventItem;
}

/** The only delivery of an event, once it is as `satisfies` says. */
export async function deliveryOf(
  server: TestServer,
  eventId: number,
  satisfies: (delivery: DeliveryItem) => boolean,
): Promise<DeliveryItem> {
  const event = await until(
    () => eventOf(server, eventId),
    ({ deliveries }) => deliveries[0] !== undefined && satisfies(deliveries[0]),
  );
  return event.deliveries[0] as DeliveryItem;
}

export const ended = (delivery: DeliveryItem) => !['pending', 'retrying', 'held'].includes(delivery.status);
export const attempted = (n: number) => (delivery: DeliveryItem) => delivery.attempts === n;
