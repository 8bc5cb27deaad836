import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock.js';
import { readConfig } from '../config.js';
import { openConfiguredStore } from '../configured-store.js';
import type { Engine } from '../engine/door.js';
import { createEgressGuard } from '../engine/egress.js';
import { createEngine } from '../engine/engine.js';
import { createSender } from '../engine/sender.js';
import { EngineSignals } from '../engine/signals.js';
import { createLog } from '../log.js';
import { Metrics } from '../metrics/metrics.js';
import type { Store } from '../store/store.js';
import { buildApp } from './app.js';

let dataDir: string;
let store: Store;
let engine: Engine;
let app: FastifyInstance;
let lines: string[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  const config = readConfig({ LATCHHOOK_DATA_DIR: dataDir }, {}, dataDir);
  lines = [];
  const log = createLog('info', { write: (line: string) => void lines.push(line) });
  store = await openConfiguredStore(config, systemClock, 'engine');
  const guard = createEgressGuard({ mode: 'lan', allow: [] });
  const sender = createSender({ guard, connectionsPerOrigin: 1 });
  const clock = systemClock;
  engine = createEngine({ ...config, store, sender, clock, random: () => 0.5, log });
  await engine.start();
  app = buildApp({
    store,
    engine,
    signals: new EngineSignals(() => {}),
    pressure: () => null,
    receiverClocks: () => ({ off: false, aheadMs: null, receivers: 0 }),
    metrics: new Metrics(),
    guard,
    config,
    clock,
    randomBytes,
    log,
  });
});

afterEach(async () => {
  await app.close();
  await engine.stop();
  await store.close();
  rmSync(dataDir, { recursive: true });
});

test('a fault of ours reveals nothing, and is logged with its cause and without the query', async () => {
  app.get('/fault', { config: { access: 'open' } }, () => {
    throw new Error('the inside', { cause: new Error('the very inside') });
  });

  const answer = await app.inject('/fault?token=hush');

  expect(answer.statusCode).toBe(500);
  expect(answer.json()).toEqual({ error: 'Internal error' });
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(logged[0]).toMatchObject({
    level: 'error',
    method: 'GET',
    url: '/fault',
    err: { message: 'the inside', cause: { message: 'the very inside' } },
  });
  expect(lines.join()).not.toContain('hush');
});

test('a store that cannot work is answered with 503 and when to come again', async () => {
  await store.close();

  for (const url of ['/health/ready', '/api/v1/login?username=admin&password=x']) {
    const answer = await app.inject(url);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('1');
    expect(answer.json()).toEqual({ error: 'Service unavailable' });
  }
  expect((await app.inject('/health/live')).statusCode).toBe(200);
});

test('a route that does not say who may call it is for administrators', async () => {
  app.get('/forgotten', () => 'secret');

  expect((await app.inject('/forgotten')).json()).toEqual({ error: 'Log In' });
});
