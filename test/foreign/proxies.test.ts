import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import type { Client } from '../faults/client.js';
import { afterwards } from '../support/ephemeral.js';
import { haproxy, PROXIES } from '../support/foreign/proxies.js';
import { latchhook } from '../support/foreign/server.js';
import { ADMIN_PASSWORD } from '../support/process.js';
import { until } from '../support/until.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;
const MADE_UP = '203.0.113.7';

interface Asked {
  port: number;
  /** The address of loopback that the client has. */
  from: string;
  headers?: http.OutgoingHttpHeaders;
}

async function ask(method: string, path: string, { port, from, headers = {} }: Asked, body?: object) {
  const request = http.request({ host: '127.0.0.1', port, localAddress: from, method, path, headers });
  afterwards(async () => void request.destroy());
  request.end(body === undefined ? undefined : JSON.stringify(body));
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  return response;
}

async function answer(...asked: Parameters<typeof ask>) {
  const response = await ask(...asked);
  return { status: response.statusCode, body: JSON.parse(await text(response)) };
}

const logIn = (asked: Asked, password = ADMIN_PASSWORD) =>
  answer('POST', '/api/v1/login', asked, { username: 'admin', password });

/** From where the audit trail says that this happened, once it says so. */
async function addressesOf(client: Client, action: string): Promise<string[]> {
  interface Trail {
    list_items: { action: string; address: string }[];
  }
  const of = ({ list_items }: Trail) => list_items.filter((entry) => entry.action === action);
  const { body } = await until(
    () => client.call<Trail>('GET', '/api/v1/audit?limit=50'),
    (audit) => of(audit.body).length > 0,
  );
  return of(body).map(({ address }) => address);
}

test.each(Object.entries(PROXIES))(
  'behind %s one logs in, reports events and follows the stream, as the address that one has',
  async (_, startProxy) => {
    const { client, port: upstream } = await latchhook({ env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
    const port = await startProxy(upstream);
    const from = '127.77.0.9';
    const made = { port, from, headers: { 'X-Forwarded-For': MADE_UP } };

    const { status, body } = await logIn(made);
    expect(status).toBe(200);
    const known = { port, from, headers: { Authorization: `Bearer ${body.token}` } };
    const stream = await ask('GET', '/api/v1/stream', known);
    expect(String(stream.headers['content-type'])).toContain('text/event-stream');
    const events = [{ event_type: EVENT_TYPE, data: { n: 1 } }];
    expect((await answer('POST', '/api/v1/events', known, events)).status).toBe(202);

    let told = '';
    for await (const chunk of stream.setEncoding('utf8')) {
      told += chunk;
      if (told.includes('event: accepted')) break;
    }
    expect(told).toMatch(/event: hello[\s\S]*event: accepted/);
    // The first log-in of this test came straight.
    expect(await addressesOf(client, 'login')).toEqual([from, '127.0.0.1']);
    expect((await logIn(made, 'wrong')).status).toBe(400);
    expect(await addressesOf(client, 'login.failed')).toEqual([from]);
  },
);

test('deploy/haproxy.cfg lets nobody make up an address, though the whole network is trusted', async () => {
  const { client, port: upstream } = await latchhook({ env: { LATCHHOOK_TRUST_PROXY: '127.18.0.0/16' } });
  const port = await haproxy(upstream, '127.18.0.5');

  // From the network's gateway, where clients of the host seem to come from.
  const headers = { 'X-Forwarded-For': MADE_UP };
  expect((await logIn({ port, from: '127.18.0.1', headers }, 'wrong')).status).toBe(400);

  expect(await addressesOf(client, 'login.failed')).toEqual(['127.18.0.1']);
});
