/** Bodies that are begun and not ended: their memory is bounded, and whatever is sent to its end is read to its end. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { residentMiB } from '../support/memory.js';
import { endProcesses, ADMIN_PASSWORD as PROCESS_PASSWORD, startProcess } from '../support/process.js';
import { connectRaw, readAnswer } from '../support/raw-http.js';
import { ADMIN_PASSWORD, basic, startTestServer, type TestServer } from '../support/server.js';

const KIB = 1024;
const MIB = 1024 * KIB;
const EVENT = '{"event_type":"log.device_booted"}';

const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
afterAll(async () => {
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

function post(path: string, size: number, headers: string): string {
  return `POST ${path} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n${headers}Content-Length: ${size}\r\n\r\n`;
}

async function keyOf(server: TestServer, name: string): Promise<string> {
  const { json } = await server.admin('POST', '/api/v1/keys', { name, scopes: ['events:write'] });
  return `Authorization: Bearer ${(json as { key: string }).key}\r\n`;
}

test('many unfinished log-ins and batches take little memory, and others are served beside them', async () => {
  const server = await startProcess({
    dataDir,
    env: { NODE_OPTIONS: '--max-old-space-size=512 --max-semi-space-size=8' },
  });
  const { hostname: host, port } = new URL(server.url);
  const authorization = basic('admin', PROCESS_PASSWORD);
  const report = async (size: number) => {
    const answer = await fetch(`${server.url}/api/v1/events`, {
      method: 'POST',
      headers: { authorization },
      body: EVENT.padEnd(size, ' '),
    });
    return answer.status;
  };
  expect(await report(8 * MIB)).toBe(202);
  const made = await fetch(`${server.url}/api/v1/keys`, {
    method: 'POST',
    headers: { authorization },
    body: '{"name":"panel","scopes":["events:write"]}',
  });
  const { key } = (await made.json()) as { key: string };
  const before = residentMiB(server.pid);
  const unfinished: net.Socket[] = [];
  const begin = async (path: string, size: number, headers: string) => {
    const socket = net.connect({ host, port: Number(port) }).on('error', () => {});
    await once(socket, 'connect');
    socket.write(post(path, size, headers));
    socket.write(Buffer.alloc(size - 1, 0x20));
    unfinished.push(socket);
  };

  for (let n = 0; n < 1_000; n++) await begin('/api/v1/login', 256 * KIB, '');
  for (let n = 0; n < 40; n++) await begin('/api/v1/events', 8 * MIB, `Authorization: Bearer ${key}\r\n`);
  // A batch of somebody else goes its way.
  expect(await report(8 * MIB)).toBe(202);
  expect(await report(0)).toBe(202);

  // What is sent is 570 MiB.
  expect(residentMiB(server.pid) - before).toBeLessThan(150);
  for (const socket of unfinished) socket.destroy();
});

test('all bodies are read to their end, also where they are larger than all memory for them together', async () => {
  const server = await startTestServer({ httpLimits: { unfinishedBytes: 256 * KIB } });
  onTestFinished(server.stop);
  const keys = [await keyOf(server, 'a'), await keyOf(server, 'b'), await keyOf(server, 'c')];
  const body = Buffer.from(EVENT.padEnd(MIB, ' '));
  const sockets = await Promise.all(Array.from({ length: 24 }, () => connectRaw(server.url)));

  const answers = sockets.map((socket, n) => {
    socket.write(post('/api/v1/events', MIB, keys[n % 3] ?? ''));
    socket.write(body);
    return readAnswer(socket);
  });

  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(sockets.map(() => 202));
});

test('bodies that never end make those of others wait no longer than their own limit of time', async () => {
  const server = await startTestServer({
    httpLimits: { unfinishedBytes: 256 * KIB, headersMs: 1_000, requestMs: 1_000, checkMs: 50 },
  });
  onTestFinished(server.stop);
  const mine = await keyOf(server, 'a');
  const body = EVENT.padEnd(200 * KIB, ' ');
  // Held back on the last byte, by the same key, and by as many as fill its part.
  const stuck = await Promise.all(Array.from({ length: 4 }, () => connectRaw(server.url)));
  for (const socket of stuck) socket.write(post('/api/v1/events', body.length, mine) + body.slice(0, -1));
  const timedOut = stuck.map((socket) => readAnswer(socket));

  const small = await server.admin('POST', '/api/v1/events', { event_type: 'log.device_booted' });
  const other = await server.call('POST', '/api/v1/events', {
    headers: { authorization: basic('admin', ADMIN_PASSWORD) },
    body,
  });

  expect([small.status, other.status]).toEqual([202, 202]);
  for (const { status } of await Promise.all(timedOut)) expect(status).toBe(408);
  const again = await connectRaw(server.url);
  again.write(post('/api/v1/events', body.length, mine) + body);
  expect((await readAnswer(again)).status).toBe(202);
});
