import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BodyBytes } from './body-bytes.js';

const KIB = 1024;

function added(chunks: readonly Uint8Array[]): BodyBytes {
  const bytes = new BodyBytes();
  for (const chunk of chunks) bytes.add(Buffer.from(chunk));
  return bytes;
}

test('a body is the same bytes whatever pieces it comes in', () => {
  const sizes = fc.array(fc.oneof(fc.nat(20), fc.nat(20 * KIB)), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, (lengths) => {
      const chunks = lengths.map((length, n) => new Uint8Array(length).fill(n));

      expect(added(chunks).whole().equals(Buffer.concat(chunks))).toBe(true);
    }),
  );
});

test('a body in pieces of one byte takes little more memory than its bytes', () => {
  const bytes = added(Array.from({ length: 100 * KIB }, () => Uint8Array.of(1)));

  expect(bytes.kept).toBeLessThan(120 * KIB);
});

test('a body that alternates between large and small pieces takes little more than twice its bytes', () => {
  const pair = [new Uint8Array(5 * KIB), Uint8Array.of(1)];

  expect(added(Array.from({ length: 200 }, () => pair).flat()).kept).toBeLessThan(2_000 * KIB);
});

test('a body of one piece is that piece', () => {
  const piece = Buffer.from('{}');
  const bytes = new BodyBytes();
  bytes.add(piece);

  expect(bytes.whole()).toBe(piece);
  expect(bytes.kept).toBe(2);
});
