import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AuditList } from '../../src/api/contract/audit.js';
import { ManualClock } from '../support/clock.js';
import {
  ADMIN_PASSWORD,
  type Answer,
  basic,
  md5,
  startTestServer,
  type TestServer,
} from '../support/server.js';
import { until } from '../support/until.js';

let clock: ManualClock;
let server: TestServer;

beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock, env: { LATCHHOOK_TRUST_PROXY: '127.0.0.1' } });
});
afterEach(() => server.stop());

const guess = (forwarded: string | string[]): Promise<Answer> =>
  server.call('GET', `/api/v1/login?username=admin&password=${md5('wrong')}`, {
    headers: { 'x-forwarded-for': forwarded },
  });

/** The addresses of failed log-ins in the audit trail, as an administrator reads it from an address of his own. */
async function failedFrom(): Promise<Set<string | null>> {
  clock.advance(60_000);
  const path = '/api/v1/audit?limit=50&filter_field=action&filter_value=login.failed';
  const headers = { authorization: basic('admin', ADMIN_PASSWORD), 'x-forwarded-for': '192.0.2.99' };
  const { list_items } = await until(
    async () => (await server.call('GET', path, { headers })).json as AuditList,
    (list) => list.list_items.length > 0,
  );
  return new Set(list_items.map(({ address }) => address));
}

test('a client whose proxy adds ports is kept out after ten failures, and recorded without a port', async () => {
  for (let i = 0; i < 10; i++) expect((await guess(`198.51.100.4:${50_000 + i}`)).status).toBe(400);

  expect((await guess('198.51.100.4:60000')).status).toBe(429);
  expect((await guess('[::ffff:198.51.100.4]:60000')).status).toBe(429);
  expect((await guess('198.51.100.5:60000')).status).toBe(400);
  expect(await failedFrom()).toEqual(new Set(['198.51.100.4', '198.51.100.5']));
});

test('clients of a proxy that names no address count as the proxy, and their text is recorded nowhere', async () => {
  const texts = ['unknown', '_hidden', '<script>alert(1)</script>', '', '198.51.100.4:99999'];
  for (const text of [...texts, ...texts]) expect((await guess(text)).status).toBe(400);

  expect((await guess('more nonsense')).status).toBe(429);
  expect(await failedFrom()).toEqual(new Set(['127.0.0.1']));
});

test('what a client wrote into the header counts neither before the entry of the proxy nor in a line of its own', async () => {
  for (let i = 0; i < 5; i++) {
    expect((await guess(`203.0.113.${i}, 198.51.100.4`)).status).toBe(400);
    expect((await guess([`203.0.113.${i}`, '198.51.100.4'])).status).toBe(400);
  }

  expect((await guess('203.0.113.99, 198.51.100.4')).status).toBe(429);
});

test('a failed Basic log-in counts by the address without its port, too', async () => {
  const read = (port: number) =>
    server.call('GET', '/api/v1/webhooks', {
      headers: { authorization: basic('admin', 'wrong'), 'x-forwarded-for': `198.51.100.4:${port}` },
    });
  for (let i = 0; i < 10; i++) expect((await read(50_000 + i)).status).toBe(401);

  expect((await read(60_000)).status).toBe(429);
});
