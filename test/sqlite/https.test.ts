import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPE, type EventItem } from '../support/deliveries.js';
import { afterwards } from '../support/ephemeral.js';
import { ADMIN_PASSWORD, endProcesses, startProcess } from '../support/process.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { basic } from '../support/server.js';
import { until } from '../support/until.js';

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

/** A server that trusts the sites' certificate. */
async function aTrustingServer(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, SELF_SIGNED.cert);
  const server = await startProcess({
    dataDir: join(folder, 'data'),
    env: { NODE_EXTRA_CA_CERTS: authority, ...env },
  });
  const headers = { authorization: basic('admin', ADMIN_PASSWORD), 'content-type': 'application/json' };
  async function call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) ?? null });
    expect(answer.ok).toBe(true);
    return answer.json();
  }
  const subscribe = (url: string) =>
    call('POST', '/api/v1/webhooks', { url, status: 'active', max_retries: 1, event_types: [EVENT_TYPE] });
  return { call, subscribe };
}

test('one of many sites on an address gets deliveries, and news for the operator, over https', async () => {
  const site = await siteAmongMany();
  const server = await aTrustingServer({ LATCHHOOK_OPERATOR_URL: `${site.url}/operator` });
  await server.subscribe(`${site.url}/healthy`);
  await server.subscribe(`${site.url}/sick`);
  await server.call('POST', '/api/v1/events', Array(3).fill({ event_type: EVENT_TYPE }));
  const delivered = () => site.paths.filter((path) => path === '/healthy').length;
  while (delivered() < 3 || !site.paths.includes('/operator')) await once(site.arrivals, 'request');
  expect(delivered()).toBe(3);
});

test('a receiver that renegotiates TLS within an exchange is left, and the attempt fails', async () => {
  const receiver = tls.createServer({ ...SELF_SIGNED, maxVersion: 'TLSv1.2' }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.renegotiate({}, () => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')),
    );
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  afterwards(async () => void receiver.close());
  const server = await aTrustingServer();
  await server.subscribe(`https://localhost:${(receiver.address() as AddressInfo).port}/`);
  await server.call('POST', '/api/v1/events', { event_type: EVENT_TYPE });
  const { deliveries } = (await until(
    () => server.call('GET', '/api/v1/events/1'),
    (event) => (event as EventItem).deliveries[0]?.attempts === 1,
  )) as EventItem;
  expect(deliveries[0]?.attempt_log).toMatchObject([
    { response_status: null, error: expect.stringMatching(/renegotiat|closed before an answer/) },
  ]);
});
