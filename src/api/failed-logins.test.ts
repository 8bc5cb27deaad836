import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { createLog } from '../log.js';
import { openKeyring } from '../store/keyring.js';
import { openStore } from '../store/open.js';
import { countsOf, FailedLogins } from './failed-logins.js';

const MINUTE = 60_000;
const GATHERED = 200;
const HERE = '192.0.2.1';

/** Two nodes on one store. */
async function openNodes() {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  const clock = new ManualClock();
  const keyring = openKeyring({ file: join(folder, 'secret.key') });
  const store = await openStore({ url: `sqlite:${join(folder, 'latchhook.db')}`, keyring, clock });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const log = createLog('silent');
  const node = () => new FailedLogins({ store: store.nodes, clock, log });
  return { clock, store, one: node(), other: node() };
}

const GUESS = { cheap: false };
const counts = (account: string) => countsOf(HERE, account, 'plain');

function fail(node: FailedLogins, account: string, times = 1): void {
  for (let i = 0; i < times; i++) node.add(counts(account), GUESS);
}

async function keptOut(node: FailedLogins, account: string): Promise<boolean> {
  return node.refuseCounted(counts(account), { trial: false }).then(
    () => false,
    () => true,
  );
}

test('failures at several nodes count together within 200 ms, and those of a node itself at once', async () => {
  const { clock, one, other } = await openNodes();
  fail(one, 'admin', 5);
  fail(other, 'admin', 4);
  clock.advance(GATHERED);
  expect(await keptOut(one, 'admin')).toBe(false);

  fail(one, 'admin');

  expect(await keptOut(one, 'admin')).toBe(true);
  clock.advance(GATHERED);
  expect(await keptOut(other, 'admin')).toBe(true);
  expect(() => other.refuseBlocked(counts('admin'))).toThrow('Too many attempts');
});

test('a node that stops writes what it counted, and the next one goes on from there', async () => {
  const { one, other } = await openNodes();
  fail(one, 'admin', 10);

  await one.close();

  expect(await keptOut(other, 'admin')).toBe(true);
});

test('a flood of other accounts does not make the server forget whom it keeps out', async () => {
  const { clock, one, other } = await openNodes();
  const elsewhere = (n: number) => countsOf(`198.51.${n >> 8}.${n & 255}`, `account-${n}`, 'plain');
  fail(one, 'admin', 10);

  for (let n = 0; n < 2_000; n++) one.add(elsewhere(n), GUESS);
  // 500 in each transaction
  for (let group = 0; group < 9; group++) clock.advance(GATHERED);
  await one.close();

  expect(await keptOut(one, 'admin')).toBe(true);
  expect(await keptOut(other, 'admin')).toBe(true);
  clock.advance(15 * MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
});

test('who was kept out and fails again at once is kept out again until the older failures are forgotten', async () => {
  const { clock, one } = await openNodes();
  for (let minute = 0; minute < 10; minute++) {
    fail(one, 'admin');
    clock.advance(MINUTE);
  }

  clock.advance(5 * MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
  fail(one, 'admin');
  expect(await keptOut(one, 'admin')).toBe(true);
  clock.advance(MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
});

test('a flood from ever new addresses is written in five transactions a second of 500 failures at most', async () => {
  const { clock, store } = await openNodes();
  const groups: number[] = [];
  const node = new FailedLogins({
    store: {
      failedLogins: (asked) => store.nodes.failedLogins(asked),
      loginsFailed(failures) {
        groups.push(failures.length);
        return store.nodes.loginsFailed(failures);
      },
    },
    clock,
    log: createLog('silent'),
  });

  for (let n = 0; n < 20_000; n++)
    node.add(countsOf(`2001:db8:${n >> 16}:${(n & 0xffff).toString(16)}::1`, 'x', 'plain'), { cheap: true });
  for (let tick = 0; tick < 10; tick++) {
    clock.advance(GATHERED);
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect(groups).toEqual([500, 500]);
  await node.close();
});

test('failures that the store could not take are counted here, and written later', async () => {
  const { clock, store, other } = await openNodes();
  let works = false;
  const node = new FailedLogins({
    store: {
      failedLogins: (asked) => store.nodes.failedLogins(asked),
      loginsFailed: async (failures) => {
        if (!works) throw new Error('the disk is full');
        await store.nodes.loginsFailed(failures);
      },
    },
    clock,
    log: createLog('silent'),
  });
  fail(node, 'admin', 10);
  clock.advance(GATHERED);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await keptOut(node, 'admin')).toBe(true);
  expect(await keptOut(other, 'admin')).toBe(false);

  works = true;
  clock.advance(GATHERED);
  await new Promise((resolve) => setImmediate(resolve));

  expect(await keptOut(other, 'admin')).toBe(true);
});
