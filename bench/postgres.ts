/**
 * Delivering and taking in on a PostgreSQL of its own, with one node and more: over the same yardsticks as on
 * SQLite, and beside job queues that people would take instead, on the same server.
 */
import postgres from 'postgres';
import { type PostgresServer, startPostgres } from '../local-postgres/server.js';
import type { BareIngestApi } from './bare-ingest-process.js';
import { type Child, startChild, wallMs } from './children.js';
import { backlogRound, bareRound, WARM_UP } from './deliver.js';
import { median, round } from './figures.js';
import { NOWHERE, post } from './ingest.js';
import type { LoadApi } from './load-process.js';
import type { PeerApi } from './peers/signed-post.js';
import { type DatabaseCpu, databaseCpu } from './postgres-cpu.js';
import type { ReceiverApi } from './receiver-process.js';
import { DATA, EVENT_TYPE, type RunningNodes, webhookEntity, withServer } from './running-server.js';

export interface NodesResult {
  nodes: number;
  deliveriesPerSecond: number;
  /** Over the bare undici pool, round by round. */
  deliverRatio: number;
  eventsPerSecond: number;
  /** Over the route that stores nothing, round by round. */
  ingestRatio: number;
  /** At `steadyRate` events a second over all nodes, each taken in alone: of all nodes together, µs. */
  nodeCpuUs: number;
  /** Of the database; null where the system does not tell. */
  databaseCpuUs: number | null;
}

export interface PostgresResult {
  events: number;
  steadyRate: number;
  barePerSecond: number;
  bareIngestPerSecond: number;
  nodes: NodesResult[];
  /** Deliveries from a backlog, and over the bare pool. */
  peers: { name: string; perSecond: number; ratio: number }[];
}

const NODES = [1, 2, 3];
const PEERS = { 'graphile-worker': 'peers/graphile-process', 'pg-boss': 'peers/pg-boss-process' } as const;
const STEADY_RATE = 1000;
const STEADY_SECONDS = 8;
const CONNECTIONS = 64;
/** The same for all: room for what a benchmark writes, and all that makes a commit durable left as it is. */
const SETTINGS = { shared_buffers: '512MB', max_wal_size: '4GB' };

/** Who makes requests, who takes them, and what they are compared with. */
interface Stage {
  server: PostgresServer;
  receiver: Child<ReceiverApi>;
  receiverUrl: string;
  load: Child<LoadApi>;
  bareIngestUrl: string;
  options: { events: number; rounds: number };
}

export async function benchPostgres(options: { events: number; rounds: number }): Promise<PostgresResult> {
  const server = await startPostgres({ settings: SETTINGS });
  const receiver = startChild<ReceiverApi>('receiver-process');
  const load = startChild<LoadApi>('load-process');
  const bareIngest = startChild<BareIngestApi>('bare-ingest-process');
  try {
    const { url: receiverUrl } = await receiver.ask('listen', null);
    const { url: bareIngestUrl } = await bareIngest.ask('listen', null);
    const stage: Stage = { server, receiver, receiverUrl, load, bareIngestUrl, options };
    await bareRound(receiverUrl, load, WARM_UP);
    await post(load, [bareIngestUrl], '', WARM_UP);
    const bare: number[] = [];
    const bareIngested: number[] = [];
    const nodes: NodesResult[] = [];
    for (const count of NODES) nodes.push(await measureNodes(stage, count, bare, bareIngested));
    const peers: PostgresResult['peers'] = [];
    for (const [name, module] of Object.entries(PEERS)) {
      peers.push({ name, ...(await measurePeer(stage, module, bare)) });
    }
    return {
      events: options.events,
      steadyRate: STEADY_RATE,
      barePerSecond: Math.round(median(bare)),
      bareIngestPerSecond: Math.round(median(bareIngested)),
      nodes,
      peers,
    };
  } finally {
    await Promise.all([receiver.end(), load.end(), bareIngest.end()]);
    await server.remove();
  }
}

async function measureNodes(
  stage: Stage,
  count: number,
  bare: number[],
  bareIngested: number[],
): Promise<NodesResult> {
  const { receiver, receiverUrl, load, bareIngestUrl, options } = stage;
  const databaseUrl = await database(stage.server);
  const webhook = { url: `${receiverUrl}/hook`, status: 'active' } as const;
  return withServer(
    webhook,
    async (running) => {
      const urls = running.nodes.map(({ url }) => url);
      const delivered: Pair[] = [];
      const taken: Pair[] = [];
      await backlogRound(receiverUrl, receiver, running, WARM_UP);
      for (let n = 0; n < options.rounds; n += 1) {
        const { perSecond } = await bareRound(receiverUrl, load, options.events);
        bare.push(perSecond);
        const rate = await backlogRound(receiverUrl, receiver, running, options.events);
        delivered.push({ rate, yardstick: perSecond });
      }
      const cpu = await steadyCpu(stage, running);
      await pause(running);
      await post(load, urls, running.client.authorization, WARM_UP);
      for (let n = 0; n < options.rounds; n += 1) {
        const { perSecond } = await post(load, [bareIngestUrl], '', options.events);
        bareIngested.push(perSecond);
        const stored = await post(load, urls, running.client.authorization, options.events);
        taken.push({ rate: stored.perSecond, yardstick: perSecond });
      }
      return {
        nodes: count,
        deliveriesPerSecond: Math.round(median(delivered.map(({ rate }) => rate))),
        deliverRatio: ratio(delivered),
        eventsPerSecond: Math.round(median(taken.map(({ rate }) => rate))),
        ingestRatio: ratio(taken),
        ...cpu,
      };
    },
    { nodes: count, databaseUrl },
  );
}

interface Pair {
  rate: number;
  yardstick: number;
}

function ratio(pairs: readonly Pair[]): number {
  return round(median(pairs.map(({ rate, yardstick }) => rate / yardstick)), 3);
}

/** Each event is taken in by one node after the other, and delivered at once. */
async function steadyCpu(
  { receiver, load, server }: Stage,
  { nodes, client }: RunningNodes,
): Promise<{ nodeCpuUs: number; databaseCpuUs: number | null }> {
  const count = STEADY_RATE * STEADY_SECONDS;
  const used = async () => {
    const each = await Promise.all(nodes.map(({ child }) => child.ask('cpu', null)));
    return each.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  };
  await receiver.ask('reset', { timed: false });
  const before = await used();
  const databaseBefore: DatabaseCpu = databaseCpu(server);
  await load.ask('load', {
    urls: nodes.map(({ url }) => url),
    path: '/api/v1/events',
    headers: { 'content-type': 'application/json', authorization: client.authorization },
    body: JSON.stringify({ event_type: EVENT_TYPE, data: DATA }),
    secret: null,
    count,
    connections: CONNECTIONS,
    rate: STEADY_RATE,
  });
  await receiver.ask('received', { count });
  const after = databaseCpu(server);
  return {
    nodeCpuUs: Math.round((((await used()) - before) / count) * 1000),
    databaseCpuUs:
      after === null || databaseBefore === null
        ? null
        : Math.round(((after - databaseBefore) / count) * 1000),
  };
}

/** So that each event is stored with one delivery, and nothing is sent. */
async function pause({ client, webhookUid }: RunningNodes): Promise<void> {
  await client.updateWebhook(webhookUid, webhookEntity({ url: NOWHERE, status: 'disabled' }));
}

async function measurePeer(
  { server, receiver, receiverUrl, load, options }: Stage,
  module: string,
  bare: number[],
): Promise<{ perSecond: number; ratio: number }> {
  const child = startChild<PeerApi>(module);
  try {
    await child.ask('start', { databaseUrl: await database(server), receiverUrl });
    const backlog = async (count: number) => {
      await child.ask('enqueue', count);
      await receiver.ask('reset', { timed: false });
      const started = wallMs();
      await child.ask('work', null);
      const { lastAt } = await receiver.ask('received', { count });
      await child.ask('stop', null);
      return (count / (lastAt - started)) * 1000;
    };
    await backlog(WARM_UP);
    const pairs: Pair[] = [];
    for (let n = 0; n < options.rounds; n += 1) {
      const { perSecond } = await bareRound(receiverUrl, load, options.events);
      bare.push(perSecond);
      pairs.push({ rate: await backlog(options.events), yardstick: perSecond });
    }
    return { perSecond: Math.round(median(pairs.map(({ rate }) => rate))), ratio: ratio(pairs) };
  } finally {
    await child.end();
  }
}

let databases = 0;

/** An empty one; it goes with the server. */
async function database(server: PostgresServer): Promise<string> {
  databases += 1;
  const name = `bench_${databases}`;
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`create database ${name}`);
  } finally {
    await sql.end();
  }
  return server.urlOf(name);
}
