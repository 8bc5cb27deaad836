import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { endProcesses, startProcess } from '../support/process.js';
import { repeats } from './account.js';
import { Client } from './client.js';
import { Door, dataFolder } from './site.js';

const EVENTS = 10_000;
const BATCH = 500;
const MOST_MB = 250;
const TYPE = EVENT_TYPES[0] ?? '';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await endProcesses();
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** The most memory that the process has held so far. Linux only. */
function peakMb(pid: number): number {
  const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib) / 1024;
}

test(`${EVENTS} events in batches reach a healthy receiver once each, in less than ${MOST_MB} MB`, async () => {
  const folder = await dataFolder();
  opened.push({ close: folder.remove });
  const door = await Door.open([TYPE], 200);
  opened.push({ close: () => door.receiver.close() });
  const server = await startProcess({ dataDir: folder.path });
  const client = await Client.logIn(server.url);
  door.webhookUid = await client.createWebhook(door.receiver.url, [TYPE], {
    secret: 'a secret of 16 characters',
  });
  const event = (n: number) => ({
    event_type: TYPE,
    data: { n, owner: 'Ana Petrova', note: 'x'.repeat(200) },
  });
  const numbers = Array.from({ length: EVENTS }, (_, i) => i + 1);

  for (let from = 0; from < EVENTS; from += BATCH) {
    const { status } = await client.post(numbers.slice(from, from + BATCH).map(event));
    expect(status).toBe(202);
  }
  await door.has(numbers);

  const peak = peakMb(server.pid);
  console.log(`${EVENTS} events: peak of memory ${peak.toFixed(0)} MB`);
  expect(peak).toBeLessThan(MOST_MB);
  // Nothing comes again, neither beside what follows nor from the next start.
  server.kill('SIGTERM');
  expect((await server.exited).code).toBe(0);
  client.url = (await startProcess({ dataDir: folder.path })).url;
  expect((await client.post(event(EVENTS + 1))).status).toBe(202);
  await door.has([EVENTS + 1]);
  expect(door.arrivals).toHaveLength(EVENTS + 1);
  expect(repeats(door.arrivals)).toEqual([]);
});
