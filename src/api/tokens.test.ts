import { expect, test } from 'vitest';
import { randomText } from './tokens.js';

test('each character of an alphabet is equally likely: bytes that would favour some are left out', () => {
  let next = 0;
  const everyByteInTurn = (size: number) => Uint8Array.from({ length: size }, () => next++ % 256);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

  const text = randomText(everyByteInTurn, alphabet, 4 * 62);

  expect(text).toHaveLength(248);
  for (const letter of alphabet) expect(text.split(letter)).toHaveLength(5);
});
