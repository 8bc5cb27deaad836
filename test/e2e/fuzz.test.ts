import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/api/openapi/document.js';
import { Documented, type GivenAnswer } from '../support/documented.js';
import { type FuzzRequest, FuzzRequests } from '../support/fuzz-requests.js';
import { ADMIN_PASSWORD, endProcesses, type ServerProcess, startProcess } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import { basic } from '../support/server.js';
import { textOf } from '../support/stream.js';

const REQUESTS = rounds(20_000, 2_000);
const WARM = 1000;
const AT_ONCE = 8;
const PROBE = new URL('../support/memory-probe.mjs', import.meta.url);

let dataDir: string;
let server: ServerProcess;
let agent: http.Agent;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'latchhook-fuzz-'));
  server = await startProcess({ dataDir, env: { NODE_OPTIONS: `--import ${PROBE}` } });
  agent = new http.Agent({ keepAlive: true, maxSockets: AT_ONCE });
});
afterEach(async () => {
  agent.destroy();
  await endProcesses();
  rmSync(dataDir, { recursive: true, force: true });
});

async function send({ method, target, headers, body }: FuzzRequest): Promise<GivenAnswer> {
  const { hostname, port } = new URL(server.url);
  const length = body === null ? {} : { 'content-length': body.length };
  const options = { agent, hostname, port, method, path: target, headers: { ...headers, ...length } };
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    http.request(options, resolve).on('error', reject).end(body);
  });
  return {
    status: response.statusCode ?? 0,
    contentType: response.headers['content-type'],
    text: await textOf(response),
  };
}

async function ask<T>(method: string, target: string, authorization: string, json?: unknown): Promise<T> {
  const body = json === undefined ? null : Buffer.from(JSON.stringify(json));
  const answer = await send({ method, target, headers: { authorization }, body });
  if (answer.status !== 200) throw new Error(`${method} ${target}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

/** Bytes that are in use once all garbage is collected. */
async function memory(measurement: number): Promise<number> {
  server.kill('SIGUSR2');
  return Number((await server.said(new RegExp(`^memory ${measurement} `))).split(' ')[2]);
}

function shown({ method, target, headers, body }: FuzzRequest): string {
  return `${method} ${target.slice(0, 300)} ${JSON.stringify(headers)} ${body?.toString().slice(0, 500) ?? ''}`;
}

test(`answers ${REQUESTS} generated requests as documented, without a fault of its own, and keeps none of them`, async () => {
  const chance = seeded();
  console.log(`seed ${chance.seed}`);
  const administrator = basic('admin', ADMIN_PASSWORD);
  const keyOf = async (name: string, scope: string) => {
    const key = await ask<{ key: string }>('POST', '/api/v1/keys', administrator, { name, scopes: [scope] });
    return `Bearer ${key.key}`;
  };
  const document = await ask<OpenApiDocument>('GET', '/openapi.json', '');
  const documented = new Documented(document);
  const requests = new FuzzRequests(document, chance, [
    await keyOf('master', 'admin'),
    await keyOf('reader', 'read'),
    await keyOf('reporter', 'events:write'),
    basic('nobody', 'nothing-at-all'),
    `Bearer ${'x'.repeat(64)}`,
    'Basic',
    'Digest a="b"',
  ]);
  const faults: string[] = [];
  const statuses = new Map<number, number>();

  const run = async (count: number) => {
    let left = count;
    const one = async () => {
      while (left-- > 0) {
        const request = requests.next();
        const answer = await send(request).catch((error: unknown) => String(error));
        const fault =
          typeof answer === 'string' ? answer : documented.fault(request.method, request.target, answer);
        const status = typeof answer === 'string' ? 0 : answer.status;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (fault !== null || status >= 500) faults.push(`${shown(request)}\n  ${fault ?? status}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  };

  await run(WARM);
  const before = await memory(1);
  await run(REQUESTS - WARM);
  const after = await memory(2);

  console.log(
    `${requests.calls} calls; memory ${(before / 2 ** 20).toFixed(1)} MiB, then ${(after / 2 ** 20).toFixed(1)} MiB`,
    Object.fromEntries([...statuses].sort()),
  );
  expect(faults.slice(0, 10)).toEqual([]);
  expect(after).toBeLessThanOrEqual(1.2 * before);
  // Else nothing would have gone far.
  expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 5);
  expect(statuses.get(202)).toBeGreaterThan(10);
  expect(statuses.get(400)).toBeGreaterThan(REQUESTS / 20);
  expect(await ask('GET', '/health/ready', '')).toEqual({ status: 'ready', pressure: null });
});
