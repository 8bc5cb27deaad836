import { describe, expect, it } from 'vitest';
import { verifier, verify } from '../src/index.js';
import { asPanel, SECRET, SENT_AT, signedRequest, withHeaders } from './support/signed-request.js';
import { at, codeOf, sent } from './support/verdict.js';

const OTHER_SECRET = 'another-secret-of-ours';

describe('which signature is needed', () => {
  const { body, headers } = signedRequest();
  const forged = withHeaders(headers, { 'webhook-signature': `v1,${'A'.repeat(43)}=` });

  it.each([
    ['standard', 'both', headers, 'verified'],
    ['standard', 'the panel one alone', asPanel(headers), 'missing-header'],
    ['standard', 'a forged standard one', forged, 'bad-signature'],
    ['standard', 'no panel one', withHeaders(headers, { 'x-webhook-signature': null }), 'verified'],
    ['panel', 'both', headers, 'verified'],
    ['panel', 'the panel one alone', asPanel(headers), 'verified'],
    ['panel', 'no panel one', withHeaders(headers, { 'x-webhook-signature': null }), 'missing-header'],
    ['any', 'both', headers, 'verified'],
    ['any', 'the panel one alone', asPanel(headers), 'verified'],
    ['any', 'a forged standard one', forged, 'bad-signature'],
    ['any', 'an empty standard one', withHeaders(headers, { 'webhook-signature': '' }), 'bad-signature'],
    ['any', 'none', signedRequest({ secret: null }).headers, 'missing-header'],
  ] as const)('%s, with %s', async (require, _, given, result) => {
    expect(await codeOf(verify(body, given, SECRET, at(SENT_AT, { require })))).toBe(result);
  });

  it('is that of Standard Webhooks by default, so that leaving headers out gains nothing', async () => {
    expect(await codeOf(verify(body, asPanel(headers), SECRET, sent))).toBe('missing-header');
  });

  it('decides whether the id can be trusted: the panel one does not cover it', async () => {
    const renamed = withHeaders(headers, { 'webhook-id': 'wh_6' });
    expect((await verify(body, renamed, SECRET, at(SENT_AT, { require: 'panel' }))).id).toBeNull();
  });

  it('takes a panel that sends neither time nor number', async () => {
    const bare = withHeaders(asPanel(headers), { 'x-webhook-timestamp': null, 'x-webhook-attempt': null });
    const event = await verify(body, bare, SECRET, { require: 'panel' });
    expect(event).toMatchObject({ timestamp: null, attempt: null, signedBy: 'panel', event_id: 45 });
  });
});

describe('several secrets and signatures', () => {
  const { body, headers } = signedRequest();
  const old = signedRequest({ secret: OTHER_SECRET });
  const both = (separator: string) =>
    [old, { headers }]
      .map((request) => request.headers.find(([name]) => name === 'webhook-signature')?.[1])
      .join(separator);

  it('fit in any order, while a secret is being replaced', async () => {
    for (const secrets of [
      [SECRET, OTHER_SECRET],
      [OTHER_SECRET, SECRET],
    ]) {
      expect(await codeOf(verify(body, headers, secrets, sent))).toBe('verified');
      expect(await codeOf(verify(old.body, old.headers, secrets, at(SENT_AT, { require: 'panel' })))).toBe(
        'verified',
      );
    }
    expect(await codeOf(verify(body, headers, ['a', 'b'], sent))).toBe('bad-signature');
  });

  it.each([
    ['side by side', both(' ')],
    ['from two headers that a server joined', both(', ')],
    ['beside one of a version that is not known', `v1a,${'x'.repeat(86)}== ${both(' ')} v2,zzz`],
  ])('come %s', async (_, signature) => {
    const changed = withHeaders(headers, { 'webhook-signature': signature });
    expect(await codeOf(verify(body, changed, SECRET, sent))).toBe('verified');
    expect(await codeOf(verify(body, changed, OTHER_SECRET, sent))).toBe('verified');
    expect(await codeOf(verify(body, changed, 'neither of both', sent))).toBe('bad-signature');
  });

  it('come as two values of an array', async () => {
    const record = { ...Object.fromEntries(headers), 'webhook-signature': both(' ').split(' ') };
    expect(await codeOf(verify(body, record, SECRET, sent))).toBe('verified');
  });

  it('are refused when there are more of them than anybody sends', async () => {
    const many = (n: number) =>
      withHeaders(headers, { 'webhook-signature': Array(n).fill(both(' ')).join(' ') });
    expect(await codeOf(verify(body, many(4), SECRET, sent))).toBe('verified');
    expect(await codeOf(verify(body, many(5), SECRET, sent))).toBe('malformed-header');
  });

  it('are prepared once by a verifier, for many requests', async () => {
    const check = verifier([OTHER_SECRET, SECRET], sent);
    const events = await Promise.all([check(body, headers), check(old.body, old.headers)]);
    expect(events.map((event) => event.event_id)).toEqual([45, 45]);
    expect(await codeOf(check('{}', headers))).toBe('bad-signature');
  });
});

describe('a secret that begins with whsec_', () => {
  const bytes = (length: number) => `whsec_${Buffer.alloc(length, 0xfb).toString('base64')}`;

  it.each([
    bytes(15),
    bytes(16),
    bytes(24),
    bytes(96),
    bytes(97),
    bytes(16).replaceAll('=', ''),
    'whsec_AAAAAAAAAAAAAAAAAAAAAB==',
    `whsec_${Buffer.alloc(18, 0xfb).toString('base64url')}`,
    `${bytes(18)} `,
    bytes(18).replace('whsec', 'WHSEC'),
    'whsec_',
    'whsec_not base64 at all!',
  ])('is read as Latchhook reads it: %s', async (secret) => {
    const { body, headers } = signedRequest({ secret });
    expect(await codeOf(verify(body, headers, secret, sent))).toBe('verified');
    expect(await codeOf(verify(body, headers, secret, at(SENT_AT, { require: 'panel' })))).toBe('verified');
  });
});
