import { expect, test } from 'vitest';
import { sqliteDriver } from '../../src/store/sqlite/driver.js';
import { ManualClock } from '../support/clock.js';
import { type EngineSite, openEngineSite } from '../support/engine-site.js';
import { rounds } from '../support/rounds.js';
import { receiverThat } from '../support/sending.js';
import { until } from '../support/until.js';

const HELD = rounds(1_000_000, 20_000);
const FEW_HELD = 40;
const FLAPS = 5;
/** Rows that a claim takes into hand: fewer than the few that are held. */
const WINDOW = 8;
const BASE_MS = 5_000;

/** What upkeep notes there goes by how much was accepted, and is paced. */
const OF: Readonly<Record<string, string>> = { meta: "WHEN new.name = 'generation'" };

/** Counts every row written in the tables that a circuit and its deliveries live in. */
function countWrites(file: string): { written: () => number; close: () => void } {
  const database = new (sqliteDriver())(file);
  database.exec('CREATE TABLE written (count INTEGER NOT NULL); INSERT INTO written VALUES (0)');
  for (const table of ['delivery', 'attempt', 'lane', 'webhook', 'webhook_version', 'meta']) {
    for (const verb of ['INSERT', 'UPDATE']) {
      database.exec(
        `CREATE TRIGGER count_${table}_${verb} AFTER ${verb} ON ${table} ${OF[table] ?? ''}
         BEGIN UPDATE written SET count = count + 1; END`,
      );
    }
  }
  const count = database.prepare<[], number>('SELECT count FROM written').pluck();
  return { written: () => count.get() ?? 0, close: () => database.close() };
}

/** What the circuit of a webhook says, and what it is owed. */
const health = async (site: EngineSite, uid: number) => (await site.store.webhooks.get(uid))?.health;

/** Rows written by each time that the circuit closes and opens again, with so many deliveries held behind it. */
async function flapping(held: number): Promise<number[]> {
  const clock = new ManualClock();
  const site = await openEngineSite({
    clock,
    retryBaseMs: BASE_MS,
    limits: { perLane: 1, lane: WINDOW },
  });
  const receiver = await receiverThat({ answer: 503 });
  const { uid } = await site.subscribe(receiver.url, { maxRetries: 5 });
  await site.report(3);
  await until(
    () => health(site, uid),
    (now) => now === 'open',
  );
  for (let n = 3; n < held; n += 1_000) await site.report(Math.min(1_000, held - n));
  await until(
    () => site.store.listings.totals(),
    ({ pending, retrying }) => pending + retrying === held,
  );

  const { written, close } = countWrites(site.file);
  const each: number[] = [];
  for (let flap = 0; flap < FLAPS; flap++) {
    const before = written();
    const arrived = receiver.requests.length;
    // The probe is answered, the three attempts that follow are not.
    receiver.answerWith(() => (receiver.requests.length === arrived + 1 ? 200 : 503));
    clock.suspend(BASE_MS);
    await receiver.next(arrived + 4);
    await until(
      async () => {
        const [now, webhook] = [await site.store.listings.totals(), await site.store.webhooks.get(uid)];
        return { delivered: now.delivered, health: webhook?.health, inHand: await inHand(site.file) };
      },
      ({ delivered, health: now, inHand: rows }) => delivered === flap + 1 && now === 'open' && rows === 0,
    );
    each.push(written() - before);
  }
  close();
  return each;
}

test(`a circuit that opens and closes with ${HELD} held writes as few rows each time as with ${FEW_HELD}`, async () => {
  const few = await flapping(FEW_HELD);
  const many = await flapping(HELD);
  console.log(`rows written by each of ${FLAPS} flaps, with ${FEW_HELD} held: ${few}; with ${HELD}: ${many}`);
  expect(Math.max(...many)).toBeLessThanOrEqual(Math.max(...few));
  expect(Math.max(...few)).toBeLessThan(FEW_HELD);
});

/** Rows that a session holds; those of dead ones do not occur here. */
async function inHand(file: string): Promise<number> {
  const database = new (sqliteDriver())(file, { readonly: true });
  try {
    return (
      database
        .prepare<[], number>('SELECT count(*) FROM delivery WHERE state < 2 AND owner <> 0')
        .pluck()
        .get() ?? 0
    );
  } finally {
    database.close();
  }
}
