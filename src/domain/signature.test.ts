import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signer } from './signature.js';

interface Vector {
  secret: string;
  body: string;
  x_webhook_signature: string;
  standard: { id: string; timestamp: string; signature: string };
}

const VECTORS: Vector[] = JSON.parse(
  readFileSync(new URL('../../test/vectors/signatures.json', import.meta.url), 'utf8'),
);

const BODY = Buffer.from('{}');

/** The standard signature with a key that is spelled out. */
function expected(key: Uint8Array): string {
  return `v1,${createHmac('sha256', key).update('wh_1.2.{}').digest('base64')}`;
}

it.each(VECTORS)('signs as another implementation does: $secret, $body', (vector) => {
  const sign = signer(vector.secret);
  const body = Buffer.from(vector.body);
  expect(sign.panel(body)).toBe(vector.x_webhook_signature);
  expect(sign.standard(vector.standard.id, Number(vector.standard.timestamp), body)).toBe(
    vector.standard.signature,
  );
});

it.each([16, 24, 32, 64, 90])(
  'decodes a whsec_ secret of %i bytes for the standard signature alone',
  (length) => {
    const key = Buffer.alloc(length, 0xfb);
    const secret = `whsec_${key.toString('base64')}`;
    expect(signer(secret).standard('wh_1', 2, BODY)).toBe(expected(key));
    expect(signer(secret).panel(BODY)).toBe(createHmac('sha256', secret).update(BODY).digest('hex'));
  },
);

it.each([
  ['too few bytes', `whsec_${Buffer.alloc(15, 1).toString('base64')}`],
  ['too many bytes', `whsec_${Buffer.alloc(97, 1).toString('base64')}`],
  ['no padding', `whsec_${Buffer.alloc(16, 1).toString('base64').replaceAll('=', '')}`],
  ['bits behind the last byte', 'whsec_AAAAAAAAAAAAAAAAAAAAAB=='],
  ['the alphabet of URLs', `whsec_${Buffer.alloc(18, 0xfb).toString('base64url')}`],
  ['white space', `whsec_${Buffer.alloc(18, 1).toString('base64')} `],
  ['another letter case', `WHSEC_${Buffer.alloc(18, 1).toString('base64')}`],
  ['nothing behind the prefix', 'whsec_'],
])('uses a secret with %s as it is spelled', (_, secret) => {
  expect(signer(secret).standard('wh_1', 2, BODY)).toBe(expected(Buffer.from(secret)));
});

it('signs as Node does, whatever secret and body, also in turns with another', () => {
  const one = fc.record({
    secret: fc.string({ unit: 'grapheme', minLength: 16, maxLength: 128 }),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.uint8Array({ minLength: 60_000, maxLength: 70_000 }),
    ),
    id: fc.stringMatching(/^wh_[1-9]\d{0,15}$/),
    seconds: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (all) => {
      const signers = all.map(({ secret }) => signer(secret));
      for (const [index, { secret, body, id, seconds }] of [...all.entries(), ...all.entries()]) {
        const hmac = () => createHmac('sha256', secret);
        expect(signers[index]?.panel(body)).toBe(hmac().update(body).digest('hex'));
        expect(signers[index]?.standard(id, seconds, body)).toBe(
          `v1,${hmac().update(`${id}.${seconds}.`).update(body).digest('base64')}`,
        );
      }
    }),
  );
});
