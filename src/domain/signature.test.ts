import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
