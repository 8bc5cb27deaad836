import { expect, test } from 'vitest';
import { md5Hex } from '../domain/login.js';
import { Passwords } from './passwords.js';

test('a password is stored as Argon2id, each time with another salt', async () => {
  const passwords = new Passwords();
  const md5 = md5Hex('door-keeper-7');

  const [one, two] = await Promise.all([passwords.hash(md5), passwords.hash(md5)]);

  expect(one).toMatch(/^\$argon2id\$/);
  expect(one).not.toBe(two);
  expect(await passwords.matches(one, md5)).toBe(true);
  expect(await passwords.matches(two, md5Hex('other'))).toBe(false);
  expect(await passwords.matches(null, md5)).toBe(false);
  expect(await passwords.matches(null, 'nobody')).toBe(false);
});
