import { afterEach, expect, test } from 'vitest';
import { endProcesses } from '../support/process.js';
import { rounds } from '../support/rounds.js';
import { seeded } from '../support/seeded.js';
import { CrashSite } from './crash-site.js';

const ROUNDS = rounds(30, 3);

let site: CrashSite | null = null;

afterEach(async () => {
  await endProcesses();
  await site?.close();
  site = null;
});

/** A moment under load: an answer, an arrival, a commit, or a checkpoint. */
function moment(at: CrashSite, load: ReturnType<CrashSite['startLoad']>): Promise<unknown> {
  const { random } = at;
  const kind = random.between(0, 3);
  if (kind === 0) return load.accepted(random.between(1, 120));
  if (kind === 1) return at.arrived(random.between(1, 600));
  if (kind === 2) return at.changed(random.between(1, 200), /-wal$/);
  // Checkpoints are rare.
  return Promise.race([at.changed(1, /\.db$/), load.accepted(120)]);
}

/** Ends the start at one of its steps, or when it has just begun to deliver what was owed. */
async function killDuringStart(at: CrashSite): Promise<void> {
  const server = at.spawn();
  // It may have nothing to deliver, or be quicker than its steps were counted.
  const early = at.random.next() < 0.7;
  const step = early ? at.changed(at.random.between(1, 10)) : at.arrived(at.random.between(1, 20));
  await at.killAfter(Promise.race([step, server.listening]));
}

/** Ends a graceful stop that may take its time; one that was quicker has to have gone well. */
async function killDuringStop(at: CrashSite): Promise<void> {
  const { server, random } = at;
  server.kill('SIGTERM');
  await server.said(/stopping/);
  const steps = at.changed(random.between(1, 30));
  const answers = at.arrived(random.between(1, 30));
  await at.killAfter(Promise.race([steps, answers, server.exited]));
  const { code, signal } = await server.exited;
  expect(signal === 'SIGKILL' || code === 0).toBe(true);
}

test(`what was answered 202 is delivered, though the server is killed with kill -9 (${ROUNDS} rounds)`, async () => {
  const random = seeded();
  console.log(`kill -9: FAULT_SEED=${random.seed}`);
  site = await CrashSite.open(random);

  for (let round = 0; round < ROUNDS; round++) {
    const load = site.startLoad();
    if (round % 3 === 2) {
      await moment(site, load);
      await killDuringStop(site);
    } else await site.killAfter(moment(site, load));
    await site.endLoad();
    if (round % 3 === 1) for (let i = random.between(1, 3); i > 0; i--) await killDuringStart(site);
    site.spawn();
    await site.settle();
  }

  console.log(`kill -9: ${site.summary()}`);
});
