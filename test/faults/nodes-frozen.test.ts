import { afterEach, expect, test } from 'vitest';
import { NOT_DURABLE, type PostgresServer, startPostgres } from '../../local-postgres/server.js';
import { systemClock } from '../../src/clock.js';
import { endProcesses } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { until } from '../support/until.js';
import { NodesSite } from './nodes.js';

const ROUNDS = rounds(3, 1);
const EVENTS = rounds(1_000, 100);
/** Fewer while one is frozen: each third request waits for it in vain. */
const EVENTS_MEANWHILE = 100;
const SLOW_MS = 100;

let server: PostgresServer | null = null;
let site: NodesSite | null = null;

afterEach(async () => {
  await site?.close();
  await endProcesses();
  await server?.remove();
  site = null;
  server = null;
});

test(`a node that was frozen until it counts as dead, and is woken: others took over, and its outcomes are refused (${ROUNDS} rounds)`, async () => {
  server = await startPostgres({ settings: NOT_DURABLE });
  // Slow, so that attempts are under way when it freezes.
  const answer = () =>
    new Promise<number>((resolve) => void systemClock.schedule(SLOW_MS, () => resolve(200)));
  site = await NodesSite.open(server, { answer });
  const { sql } = site;
  site.startLoad();

  for (let round = 0; round < ROUNDS; round++) {
    const frozen = site.nodes[round % 3]?.process;
    await site.takesIn(EVENTS);
    frozen?.kill('SIGSTOP');
    await until(
      () => sql`select 1 from session where heartbeat_at > latchhook_now() - 15000`,
      (living) => living.length === 2,
      1_000_000,
    );
    // Until others have taken a row its outcome is right, and is written.
    await until(
      () => sql`
        select 1 from delivery where state < 2 and owner <> 0
          and owner not in (select id from session where heartbeat_at > latchhook_now() - 15000)`,
      (held) => held.length === 0,
      1_000_000,
    );
    await site.takesIn(EVENTS_MEANWHILE);
    frozen?.kill('SIGCONT');
    await frozen?.said(/this node has a new session/);
    expect(await frozen?.said(/"outcome":"stale"/)).toBeDefined();
    await site.takesIn(EVENTS);
  }
  await site.stopLoad();
  await site.settles();

  console.log(`frozen nodes: ${site.summary()}`);
  expect(await site.faults(ROUNDS)).toEqual([]);
});
