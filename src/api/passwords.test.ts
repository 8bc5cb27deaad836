import { expect, test } from 'vitest';
import { md5Hex } from '../domain/login.js';
import { Passwords } from './passwords.js';

const FREELY = { before: async () => {}, wrong: async () => {} };

test('a password is stored as Argon2id, each time with another salt', async () => {
  const passwords = new Passwords();
  const md5 = md5Hex('door-keeper-7');

  const [one, two] = await Promise.all([passwords.hash(md5), passwords.hash(md5)]);

  expect(one).toMatch(/^\$argon2id\$/);
  expect(one).not.toBe(two);
  expect(await passwords.verify(one, md5, FREELY)).toBe(true);
  expect(await passwords.verify(two, md5Hex('other'), FREELY)).toBe(false);
  expect(await passwords.verify(null, md5, FREELY)).toBe(false);
});

test('no more than two are computed at once, and a queue that is too long is refused', async () => {
  const passwords = new Passwords();
  const stored = await passwords.hash('x');
  let begun = 0;
  const before = async () => {
    begun++;
    if (begun > 2) throw new Error('enough: the rest need not be computed');
  };

  const verified = Promise.allSettled(
    Array.from({ length: 210 }, () => passwords.verify(stored, 'y', { ...FREELY, before })),
  );
  await new Promise((resolve) => setImmediate(resolve));

  expect(begun).toBe(2);
  const all = await verified;
  expect(begun).toBe(202);
  expect(all.slice(202)).toMatchObject(Array(8).fill({ reason: { status: 503, retryAfter: 1 } }));
});

test('the turn of one that fails goes to the next', async () => {
  const passwords = new Passwords();
  const stored = await passwords.hash('x');
  const before = async () => {
    throw new Error('blocked meanwhile');
  };

  const failed = await Promise.allSettled(
    Array.from({ length: 6 }, () => passwords.verify(stored, 'x', { ...FREELY, before })),
  );

  expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await passwords.verify(stored, 'x', FREELY)).toBe(true);
});
