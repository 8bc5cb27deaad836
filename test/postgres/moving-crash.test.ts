import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { openKeyring } from '../../src/store/keyring.js';
import type { Cell, Side } from '../../src/store/moving/side.js';
import { MOVED_TABLES } from '../../src/store/moving/tables.js';
import { openSide } from '../../src/store/open.js';
import { endProcesses, type SpawnedProcess } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import { MovedSite } from './moved-site.js';

const ROUNDS = rounds(25, 3);
const EVENTS = rounds(600, 100);
/** In one step, so that there are many to be cut off in. */
const ROWS = String(rounds(3, 20));
/** Steps that a run is let go on for, at most: all of them together are no end. */
const MOST_STEPS = rounds(12, 20);

let site: MovedSite | null = null;

afterEach(async () => {
  await endProcesses();
  await site?.close();
  site = null;
});

test(`a move that is killed at any instant goes on where it was: nothing twice, nothing lost (${ROUNDS} rounds)`, async () => {
  const random = seeded();
  site = await MovedSite.open();
  await site.kill(await site.fill(EVENTS));
  let kills = 0;

  for (let round = 0; round < ROUNDS; round++) {
    const move = site.move('--rows', ROWS);
    // At first while the target is made ready.
    await steps(site, move, round === 0 ? 0 : random.between(1, MOST_STEPS));
    move.kill('SIGKILL');
    const { signal } = await move.exited;
    if (signal === null) break;
    kills += 1;
  }

  const last = site.move();
  expect([(await last.exited).code, last.stderr]).toEqual([0, last.stderr]);
  console.log(`seed ${random.seed}: killed ${kills} times`);
  expect(await contents(site, site.database.url)).toEqual(await contents(site, site.sqlite));
  expect(await refusal(site.serve(site.sqlite, 'source'))).toMatch(
    /this store was moved to .* would be sent twice/,
  );

  // Until somebody takes it back.
  const back = site.move('--give-up');
  expect((await back.exited).code).toBe(0);
  expect(back.stdout).toEqual([expect.stringMatching(/^sqlite:.* can be served again\./)]);
});

/** Resolves after so many steps of this run, and at once when it has ended; the target is asked, over and over. */
async function steps({ database: { sql } }: MovedSite, move: SpawnedProcess, count: number): Promise<void> {
  let ended = false;
  void move.exited.then(() => {
    ended = true;
  });
  const place = async () => {
    // The table may not be there yet.
    const rows = await sql`select value from meta where name = 'move'`.catch(() => []);
    return JSON.stringify(rows);
  };
  const ready = () => sql`select from pg_tables where schemaname = 'public' and tablename = 'meta'`;
  while (!ended && (await ready()).length === 0);
  let seen = await place();
  for (let left = count; left > 0 && !ended; ) {
    const now = await place();
    if (now !== seen) left -= 1;
    seen = now;
  }
}

async function refusal(process: SpawnedProcess): Promise<string> {
  const { code } = await process.exited;
  expect(code).toBe(1);
  return process.stderr.join('\n');
}

/** Every row of every table, as a move reads them, and the numbers that go along. */
async function contents({ secretKey, folder }: MovedSite, url: string): Promise<Record<string, unknown>> {
  const keyring = openKeyring({ secretKey, file: `${folder.path}/secret.key` });
  const side = await openSide({ url, keyring, clock: systemClock, release: null }, 'source');
  try {
    const { numbers } = await side.facts();
    const all: Record<string, unknown> = { numbers };
    for (const { name } of MOVED_TABLES) all[name] = await rowsOf(side, name);
    return all;
  } finally {
    await side.close();
  }
}

async function rowsOf(side: Side, name: string): Promise<string[]> {
  const table = MOVED_TABLES.find((one) => one.name === name);
  if (!table) throw new Error(`there is no table ${name}`);
  const rows: string[] = [];
  let after: readonly Cell[] | null = null;
  for (;;) {
    const batch: Awaited<ReturnType<Side['read']>> = await side.read({ table, after, limit: 500 });
    if (batch.after === null) return rows.sort();
    rows.push(...batch.rows.map((row) => JSON.stringify(row)));
    after = batch.after;
  }
}
