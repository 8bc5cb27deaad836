/** Fresh servers with one webhook, for one benchmark. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../demo/client.js';
import { type Child, startChild } from './children.js';
import type { ServerApi } from './server-process.js';

export const SECRET = 'a-secret-of-the-benchmark';
export const EVENT_TYPE = 'log.access_granted_by_valid_identifier';
/** Makes a body of about 400 bytes on the wire. */
export const DATA = {
  lock: 1,
  owner: 'Ana Petrova',
  number: '3090069',
  apartment_address: '12',
  type: 'card',
  note: 'x'.repeat(200),
};

/** As `npm start` gives them. */
const FLAGS = ['--max-semi-space-size=32'];

export interface RunningServer {
  url: string;
  child: Child<ServerApi>;
  client: ApiClient;
  webhookUid: number;
}

/** Several on one store: what is asked of one of them is asked of the first. */
export interface RunningNodes extends RunningServer {
  nodes: { url: string; child: Child<ServerApi> }[];
}

export interface ServerOptions {
  /** What becomes of its log: where attempts are meant to fail it is written, and shown to nobody. */
  log?: 'inherit' | 'ignore';
  /** An empty PostgreSQL database; default: a SQLite file. */
  databaseUrl?: string | null;
  /** Default 1; more than one needs a database. */
  nodes?: number;
}

type FirstWebhook = { url: string; status: 'active' | 'disabled' };

/** Starts nodes on an empty store, runs `measure`, and removes everything again but the database. */
export async function withServer<T>(
  webhook: FirstWebhook,
  measure: (server: RunningNodes) => Promise<T>,
  { log = 'inherit', databaseUrl = null, nodes: count = 1 }: ServerOptions = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'latchhook-bench-'));
  const children = Array.from({ length: count }, () => startChild<ServerApi>('server-process', log, FLAGS));
  const secretKey = randomBytes(32).toString('hex');
  try {
    const nodes = await Promise.all(
      children.map(async (child, n) => {
        const dataDir = join(folder, String(n));
        const { url } = await child.ask('start', { dataDir, adminPassword: SECRET, secretKey, databaseUrl });
        return { url, child };
      }),
    );
    const [first] = nodes;
    if (!first) throw new RangeError('at least one server is needed');
    const client = new ApiClient(first.url);
    await client.logIn('admin', SECRET);
    const webhookUid = await client.createWebhook(webhookEntity(webhook));
    const measured = await measure({ ...first, nodes, client, webhookUid });
    await Promise.all(children.map((child) => child.ask('stop', null)));
    return measured;
  } finally {
    await Promise.all(children.map((child) => child.end()));
    await rm(folder, { recursive: true, force: true });
  }
}

export function webhookEntity(webhook: FirstWebhook): object {
  return { ...webhook, event_types: [EVENT_TYPE], max_retries: 5, secret: SECRET };
}
