import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { openKeyring } from '../store/keyring.js';
import { openStore } from '../store/open.js';
import { FailedLogins } from './failed-logins.js';

const MINUTE = 60_000;
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
  const node = () => new FailedLogins(store.nodes, () => clock.monotonic());
  return { clock, one: node(), other: node() };
}

async function keptOut(failed: FailedLogins, account: string): Promise<boolean> {
  return failed.refuseCounted(HERE, account).then(
    () => false,
    () => true,
  );
}

test('failures at several nodes count together', async () => {
  const { one, other } = await openNodes();
  for (let i = 0; i < 5; i++) await one.add(HERE, 'admin');
  for (let i = 0; i < 4; i++) await other.add(HERE, 'admin');
  expect(await keptOut(one, 'admin')).toBe(false);

  await one.add(HERE, 'admin');

  expect(await keptOut(other, 'admin')).toBe(true);
  expect(() => other.refuseBlocked(HERE, 'admin')).toThrow('Too many attempts');
});

test('a flood of other accounts does not make the server forget whom it keeps out', async () => {
  const { clock, one, other } = await openNodes();
  for (let i = 0; i < 10; i++) await one.add(HERE, 'admin');

  for (let i = 0; i < 2_000; i++) await one.add(HERE, `account-${i}`);

  expect(await keptOut(one, 'admin')).toBe(true);
  expect(await keptOut(other, 'admin')).toBe(true);
  clock.advance(15 * MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
});

test('who was kept out and fails again at once is kept out again until the older failures are forgotten', async () => {
  const { clock, one } = await openNodes();
  for (let minute = 0; minute < 10; minute++) {
    await one.add(HERE, 'admin');
    clock.advance(MINUTE);
  }

  clock.advance(5 * MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
  await one.add(HERE, 'admin');
  expect(await keptOut(one, 'admin')).toBe(true);
  clock.advance(MINUTE);
  expect(await keptOut(one, 'admin')).toBe(false);
});
