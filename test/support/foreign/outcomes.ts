/** What became of the events that a test sent. */
import { type Client, OPEN_STATES } from '../../faults/client.js';
import { until } from '../until.js';

export interface Outcome {
  status: string;
  attempts: number;
}

interface Page {
  list_items: (Outcome & { webhook_uid: number })[];
}

/** The newest `count` deliveries of a webhook, at most 200, once none of its own is open. */
export async function outcomes(client: Client, webhookUid: number, count: number): Promise<Outcome[]> {
  const path = `/api/v1/webhooks/events?cursor=&limit=${count}&webhook_uid=${webhookUid}`;
  const { body } = await until(
    () => client.call<Page>('GET', path),
    ({ body: { list_items } }) =>
      list_items.length === count && !list_items.some(({ status }) => OPEN_STATES.includes(status)),
  );
  return body.list_items.map(({ status, attempts }) => ({ status, attempts }));
}

/** How many of them ended in which way, e.g. `{ 'delivered at attempt 1': 50 }`. */
export function tally(ends: Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, attempts } of ends) {
    const end = `${status} at attempt ${attempts}`;
    counts[end] = (counts[end] ?? 0) + 1;
  }
  return counts;
}

/** How often a circuit of any webhook has opened since the start. */
export async function circuitsOpened(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  if (!text.includes('latchhook_health_changes_total')) throw new Error(`no such metric in:\n${text}`);
  return Number(/^latchhook_health_changes_total\{health="open"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

interface Attempted {
  deliveries: {
    webhook_uid: number;
    status: string;
    attempt_log: { error: string | null; note: string | null; response_body: string | null }[];
  }[];
}

export interface LastAnswer {
  status: string;
  /** Of the last attempt. */
  error: string | null;
  note: string | null;
  body: string | null;
}

/** How the delivery of an event to a webhook ended. */
export async function lastAnswer(client: Client, eventId: number, webhookUid: number): Promise<LastAnswer> {
  const { body } = await until(
    () => client.call<Attempted>('GET', `/api/v1/events/${eventId}`),
    ({ body: { deliveries } }) =>
      deliveries.every(
        ({ webhook_uid, status }) => webhook_uid !== webhookUid || !OPEN_STATES.includes(status),
      ),
  );
  const delivery = body.deliveries.find(({ webhook_uid }) => webhook_uid === webhookUid);
  const attempt = delivery?.attempt_log.at(-1);
  if (delivery === undefined || attempt === undefined) throw new Error(`event ${eventId} was not attempted`);
  return { status: delivery.status, error: attempt.error, note: attempt.note, body: attempt.response_body };
}
