/** A backlog to one receiver, over a bare undici pool to the same receiver. */
import { type Child, startChild, wallMs } from './children.js';
import { median, medianSpread, round, type Spread, spread } from './figures.js';
import type { LoadApi, Loaded } from './load-process.js';
import type { ReceiverApi } from './receiver-process.js';
import { DATA, EVENT_TYPE, type RunningServer, SECRET, webhookEntity, withServer } from './running-server.js';

export interface DeliverResult {
  events: number;
  connections: number;
  deliveriesPerSecond: number;
  barePerSecond: number;
  ratio: number;
  bareLatencyMs: Spread;
  /** From the client's POST to the receiver, at `steadyRate` events a second. */
  inToOutMs: Spread;
  steadyRate: number;
  memoryMb: number;
}

const CONNECTIONS = 64;
const STEADY_RATE = 100;
const STEADY_SECONDS = 5;
const BATCH = 1000;
export const WARM_UP = 5 * BATCH;

/** Rounds of both alternate on one server, after one of each that only warms up. */
export async function benchDeliver(options: { events: number; rounds: number }): Promise<DeliverResult> {
  const events = Math.ceil(options.events / BATCH) * BATCH;
  const receiver = startChild<ReceiverApi>('receiver-process');
  const load = startChild<LoadApi>('load-process');
  try {
    const { url } = await receiver.ask('listen', null);
    return await withServer({ url: `${url}/hook`, status: 'active' }, async (server) => {
      const bare: Loaded[] = [];
      const delivered: number[] = [];
      await bareRound(url, load, WARM_UP);
      await backlogRound(url, receiver, server, WARM_UP);
      for (let n = 0; n < options.rounds; n += 1) {
        bare.push(await bareRound(url, load, events));
        delivered.push(await backlogRound(url, receiver, server, events));
      }
      const inToOutMs = await steadyRound(receiver, load, server, STEADY_RATE);
      const barePerSecond = median(bare.map((one) => one.perSecond));
      return {
        events,
        connections: CONNECTIONS,
        deliveriesPerSecond: Math.round(median(delivered)),
        barePerSecond: Math.round(barePerSecond),
        ratio: round(median(delivered) / barePerSecond, 3),
        bareLatencyMs: medianSpread(bare.map((one) => one.latencyMs)),
        inToOutMs,
        steadyRate: STEADY_RATE,
        memoryMb: Math.round(await server.child.ask('memory', null)),
      };
    });
  } finally {
    await Promise.all([receiver.end(), load.end()]);
  }
}

export function bareRound(url: string, load: Child<LoadApi>, count: number): Promise<Loaded> {
  const body = JSON.stringify({
    data: DATA,
    created_at: 1745947873611,
    event_id: 45,
    event_type: EVENT_TYPE,
  });
  const headers = { 'content-type': 'application/json' };
  return load.ask('load', {
    urls: [url],
    path: '/hook',
    headers,
    body,
    secret: SECRET,
    count,
    connections: CONNECTIONS,
    rate: null,
  });
}

/**
 * Stores the events while the webhook is disabled; the time runs from enabling it to the last arrival.
 * Answers deliveries per second.
 */
export async function backlogRound(
  receiverUrl: string,
  receiver: Child<ReceiverApi>,
  { client, webhookUid }: RunningServer,
  events: number,
): Promise<number> {
  const url = `${receiverUrl}/hook`;
  await client.updateWebhook(webhookUid, webhookEntity({ url, status: 'disabled' }));
  const batch = Array.from({ length: BATCH }, () => ({ event_type: EVENT_TYPE, data: DATA }));
  for (let stored = 0; stored < events; stored += BATCH) await client.postEvents(batch);
  await receiver.ask('reset', { timed: false });
  const started = wallMs();
  await client.updateWebhook(webhookUid, webhookEntity({ url, status: 'active' }));
  const { lastAt } = await receiver.ask('received', { count: events });
  return (events / (lastAt - started)) * 1000;
}

/** From POST to arrival, at a steady rate of events a second. */
export async function steadyRound(
  receiver: Child<ReceiverApi>,
  load: Child<LoadApi>,
  { url, client }: RunningServer,
  rate: number,
): Promise<Spread> {
  const count = rate * STEADY_SECONDS;
  await receiver.ask('reset', { timed: true });
  await load.ask('load', {
    urls: [url],
    path: '/api/v1/events',
    headers: { 'content-type': 'application/json', authorization: client.authorization },
    body: JSON.stringify({ event_type: EVENT_TYPE, data: DATA }).replace('"lock":1', '"sent_at":%sent_at%'),
    secret: null,
    count,
    connections: CONNECTIONS,
    rate,
  });
  const { delaysMs } = await receiver.ask('received', { count });
  if (delaysMs.length !== count) throw new Error(`${count} events became ${delaysMs.length} deliveries`);
  return spread(delaysMs);
}
