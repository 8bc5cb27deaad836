/** Taking events in one by one, over the same route that stores nothing. */
import type { BareIngestApi } from './bare-ingest-process.js';
import { type Child, startChild } from './children.js';
import { median, medianSpread, round, type Spread } from './figures.js';
import type { LoadApi, Loaded } from './load-process.js';
import { DATA, EVENT_TYPE, withServer } from './running-server.js';

export interface IngestResult {
  events: number;
  connections: number;
  eventsPerSecond: number;
  barePerSecond: number;
  ratio: number;
  latencyMs: Spread;
  bareLatencyMs: Spread;
  memoryMb: number;
}

const CONNECTIONS = 64;
/** Nothing is sent there: the webhook is disabled, so that each event is stored with one delivery. */
export const NOWHERE = 'http://127.0.0.1:9/hook';

const WARM_UP = 5000;

/** Rounds of both alternate on one server each, after one of each that only warms up. */
export async function benchIngest(options: { events: number; rounds: number }): Promise<IngestResult> {
  const load = startChild<LoadApi>('load-process');
  const bareServer = startChild<BareIngestApi>('bare-ingest-process');
  try {
    const { url: bareUrl } = await bareServer.ask('listen', null);
    return await withServer({ url: NOWHERE, status: 'disabled' }, async ({ url, client, child }) => {
      const bare: Loaded[] = [];
      const stored: Loaded[] = [];
      await post(load, [bareUrl], '', WARM_UP);
      await post(load, [url], client.authorization, WARM_UP);
      for (let n = 0; n < options.rounds; n += 1) {
        bare.push(await post(load, [bareUrl], '', options.events));
        stored.push(await post(load, [url], client.authorization, options.events));
      }
      const eventsPerSecond = median(stored.map((one) => one.perSecond));
      const barePerSecond = median(bare.map((one) => one.perSecond));
      return {
        events: options.events,
        connections: CONNECTIONS,
        eventsPerSecond: Math.round(eventsPerSecond),
        barePerSecond: Math.round(barePerSecond),
        ratio: round(eventsPerSecond / barePerSecond, 3),
        latencyMs: medianSpread(stored.map((one) => one.latencyMs)),
        bareLatencyMs: medianSpread(bare.map((one) => one.latencyMs)),
        memoryMb: Math.round(await child.ask('memory', null)),
      };
    });
  } finally {
    await Promise.all([load.end(), bareServer.end()]);
  }
}

export function post(
  load: Child<LoadApi>,
  urls: string[],
  authorization: string,
  count: number,
): Promise<Loaded> {
  return load.ask('load', {
    urls,
    path: '/api/v1/events',
    headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
    body: JSON.stringify({ event_type: EVENT_TYPE, data: DATA }),
    secret: null,
    count,
    connections: CONNECTIONS,
    rate: null,
  });
}
