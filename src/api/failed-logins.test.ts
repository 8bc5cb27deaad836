import { expect, test } from 'vitest';
import { FailedLogins } from './failed-logins.js';

const blocked = (failed: FailedLogins, account: string) => {
  try {
    failed.refuseBlocked('192.0.2.1', account);
    return false;
  } catch {
    return true;
  }
};

test('a flood of other accounts does not make the server forget whom it keeps out, nor grow without end', () => {
  let now = 0;
  const failed = new FailedLogins(() => now);
  for (let i = 0; i < 10; i++) failed.add('192.0.2.1', 'admin');

  for (let i = 0; i < 60_000; i++) failed.add('192.0.2.1', `account-${i}`);

  expect(blocked(failed, 'admin')).toBe(true);
  now += 15 * 60_000;
  expect(blocked(failed, 'admin')).toBe(false);
});

test('who was kept out and fails again at once is kept out again until the older failures are forgotten', () => {
  let now = 0;
  const failed = new FailedLogins(() => now);
  for (let minute = 0; minute < 10; minute++) {
    now = minute * 60_000;
    failed.add('192.0.2.1', 'admin');
  }

  now = 15 * 60_000;
  expect(blocked(failed, 'admin')).toBe(false);
  failed.add('192.0.2.1', 'admin');
  expect(blocked(failed, 'admin')).toBe(true);
  now = 16 * 60_000;
  expect(blocked(failed, 'admin')).toBe(false);
});
