/** A fresh server with one webhook, for one benchmark. */
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

export interface RunningServer {
  url: string;
  child: Child<ServerApi>;
  client: ApiClient;
  webhookUid: number;
}

/**
 * Starts a server on an empty store, runs `measure`, and removes everything again. Where attempts are meant to
 * fail its log is written, and shown to nobody.
 */
export async function withServer<T>(
  webhook: { url: string; status: 'active' | 'disabled' },
  measure: (server: RunningServer) => Promise<T>,
  log: 'inherit' | 'ignore' = 'inherit',
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchhook-bench-'));
  const child = startChild<ServerApi>('server-process', log);
  try {
    const { url } = await child.ask('start', { dataDir, adminPassword: SECRET });
    const client = new ApiClient(url);
    await client.logIn('admin', SECRET);
    const webhookUid = await client.createWebhook(webhookEntity(webhook));
    const measured = await measure({ url, child, client, webhookUid });
    await child.ask('stop', null);
    return measured;
  } finally {
    await child.end();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export function webhookEntity(webhook: { url: string; status: 'active' | 'disabled' }): object {
  return { ...webhook, event_types: [EVENT_TYPE], max_retries: 5, secret: SECRET };
}
