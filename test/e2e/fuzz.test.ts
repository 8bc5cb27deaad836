import http from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedDocument } from '../../src/api/openapi/published.js';
import { Documented } from '../support/documented.js';
import { callsOf, type FuzzRequest, fuzzRequest } from '../support/fuzz-requests.js';
import { type FuzzServer, startFuzzServer } from '../support/fuzz-server.js';
import { seeded } from '../support/seeded.js';
import { ADMIN_PASSWORD } from '../support/server.js';

const REQUESTS = 6_000;
/** After these the server has met everything once; what it holds from then on should not grow. */
const WARM = 1_000;
const AT_ONCE = 8;

const document = publishedDocument();
const documented = new Documented(document);
const calls = callsOf(document);
const agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
const ADMIN = `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}`;

let server: FuzzServer;

beforeAll(async () => {
  server = await startFuzzServer();
});

afterAll(async () => {
  agent.destroy();
  await server.stop();
});

async function send(
  request: FuzzRequest,
): Promise<{ status: number; contentType: string | undefined; text: string }> {
  const url = new URL(server.url);
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = request;
    const length = body ? { 'content-length': String(body.length) } : {};
    const sent = http.request({
      agent,
      host: url.hostname,
      port: url.port,
      method,
      path,
      headers: { ...headers, ...length },
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      text(answer).then(
        (said) =>
          resolve({
            status: answer.statusCode ?? 0,
            contentType: answer.headers['content-type'],
            text: said,
          }),
        reject,
      );
    });
    sent.end(body ?? undefined);
  });
}

/** A key that the fuzz run does not hit upon: it revokes only small uids. */
async function adminKey(): Promise<string> {
  let key = '';
  for (let n = 0; n < 30; n++) {
    const body = Buffer.from(JSON.stringify({ name: 'fuzz', scopes: ['admin'] }));
    const answer = await send({
      method: 'POST',
      path: '/api/v1/keys',
      headers: { authorization: ADMIN },
      body,
    });
    key = (JSON.parse(answer.text) as { key: string }).key;
  }
  return `Bearer ${key}`;
}

describe('whatever is sent', () => {
  test('gets an answer that is documented, and leaves the server as large as it was', async () => {
    const chance = seeded();
    console.log(`seed ${chance.seed} (repeat with FAULT_SEED)`);
    const authorizations = [await adminKey(), ADMIN, '', 'Bearer x', 'Basic ', 'Basic Og==', 'lh_x'] as const;
    const statuses = new Map<number, number>();
    const met = new Set<unknown>();
    const faults: string[] = [];
    let sent = 0;

    async function sendUntil(total: number): Promise<void> {
      while (sent < total) {
        // Every call by turn, so that each gets its share.
        const call = calls[sent++ % calls.length] ?? calls[0];
        const request = fuzzRequest(chance, call, authorizations);
        const answer = await send(request);
        met.add(call);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        const fault =
          answer.status >= 500
            ? `${answer.status} ${answer.text}`
            : documented.fault(request.method, request.path, answer);
        if (fault)
          faults.push(
            `${request.method} ${request.path} ${request.body?.toString().slice(0, 300)}\n${fault}`,
          );
      }
    }
    const sendAll = (total: number) => Promise.all(Array.from({ length: AT_ONCE }, () => sendUntil(total)));

    await sendAll(WARM);
    const before = await server.memory();
    await sendAll(REQUESTS);
    const after = await server.memory();

    expect(faults.slice(0, 5)).toEqual([]);
    expect(faults).toHaveLength(0);
    expect(server.alive()).toBe(true);
    expect(met.size).toBe(calls.length);
    console.log(
      `answers: ${JSON.stringify(Object.fromEntries(statuses))}; memory ${(after / before).toFixed(2)} ×`,
    );
    expect(statuses.get(200) ?? 0).toBeGreaterThan(REQUESTS / 20);
    expect(after).toBeLessThanOrEqual(1.2 * before);
  });
});
