import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { afterwards } from '../support/ephemeral.js';
import { ADMIN_PASSWORD, endProcesses, startProcess } from '../support/process.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { basic } from '../support/server.js';

afterEach(endProcesses);

/** As a CDN or a shared host: it answers 200 to who asks for localhost by name, and ends all other handshakes. */
async function siteAmongMany(): Promise<{ url: string; paths: string[]; arrivals: EventEmitter }> {
  const paths: string[] = [];
  const arrivals = new EventEmitter();
  const ALPNCallback = ({ servername }: { servername: string }) =>
    servername === 'localhost' ? 'http/1.1' : undefined;
  const server = https.createServer({ ...SELF_SIGNED, ALPNCallback }, (request, response) => {
    paths.push(request.url ?? '');
    arrivals.emit('request');
    request.resume().on('end', () => response.writeHead(request.url === '/sick' ? 500 : 200).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterwards(async () => void server.close());
  return { url: `https://localhost:${(server.address() as AddressInfo).port}`, paths, arrivals };
}

test('one of many sites on an address gets deliveries, and news for the operator, over https', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, SELF_SIGNED.cert);
  const site = await siteAmongMany();
  const server = await startProcess({
    dataDir: join(folder, 'data'),
    env: { NODE_EXTRA_CA_CERTS: authority, LATCHHOOK_OPERATOR_URL: `${site.url}/operator` },
  });
  const post = async (path: string, body: unknown) => {
    const headers = { authorization: basic('admin', ADMIN_PASSWORD), 'content-type': 'application/json' };
    const answer = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    expect(answer.ok).toBe(true);
  };
  const made = { status: 'active', max_retries: 1, event_types: ['log.door_was_opened'] };
  await post('/api/v1/webhooks', { ...made, url: `${site.url}/healthy` });
  await post('/api/v1/webhooks', { ...made, url: `${site.url}/sick` });
  await post('/api/v1/events', Array(3).fill({ event_type: 'log.door_was_opened' }));
  const delivered = () => site.paths.filter((path) => path === '/healthy').length;
  while (delivered() < 3 || !site.paths.includes('/operator')) await once(site.arrivals, 'request');
  expect(delivered()).toBe(3);
});
