import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { signer } from '../../src/domain/signature.js';
import { EVENT_TYPES, verify } from '../src/index.js';
import { asPanel, BODY, SECRET, SENT_AT, signedRequest, withHeaders } from './support/signed-request.js';
import { at, codeOf, sent } from './support/verdict.js';

interface Vector {
  secret: string;
  body: string;
  x_webhook_signature: string;
  standard: { id: string; timestamp: string; signature: string };
}

const VECTORS: Vector[] = vectors('signatures.json');
const OTHER_SECRET = 'another-secret-of-ours';

function vectors(name: string) {
  return JSON.parse(readFileSync(new URL(`../../test/vectors/${name}`, import.meta.url), 'utf8'));
}

describe('signatures computed by another implementation', () => {
  it.each(VECTORS)('verify in both forms: $secret, $body', async (vector) => {
    const { id, timestamp, signature } = vector.standard;
    const standard = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    const panel = { 'x-webhook-signature': vector.x_webhook_signature };
    const now = at(Number(timestamp) * 1000);

    const event = await verify(vector.body, standard, vector.secret, now);
    expect(event).toMatchObject({ ...JSON.parse(vector.body), id, timestamp: Number(timestamp) });
    expect(event.signedBy).toBe('standard');

    const fromPanel = await verify(vector.body, panel, vector.secret, { ...now, require: 'panel' });
    expect(fromPanel).toMatchObject({ ...JSON.parse(vector.body), id: null, signedBy: 'panel' });
  });
});

describe('a delivery of Latchhook', () => {
  it('becomes its event, with what the headers say and the body to the letter', async () => {
    const { body, headers } = signedRequest({ attemptNumber: 3 });
    const event = await verify(body, headers, SECRET, sent);
    expect(event).toEqual({
      ...JSON.parse(BODY),
      id: 'wh_997jtgfn_5',
      attempt: 3,
      timestamp: Math.floor(SENT_AT / 1000),
      signedBy: 'standard',
      rawBody: BODY,
    });
    expect(event.rawBody).toContain('12345678901234567890');
  });

  it.each([
    ['a Buffer', (body: Buffer<ArrayBuffer>) => body],
    [
      'a part of a larger buffer',
      (body: Buffer<ArrayBuffer>) => Buffer.concat([Buffer.from('#'), body]).subarray(1),
    ],
    ['an ArrayBuffer', (body: Buffer<ArrayBuffer>) => new Uint8Array(body).buffer],
    [
      'an ArrayBuffer of another realm',
      (body: Buffer<ArrayBuffer>) => runInNewContext('Uint8Array.from(b).buffer', { b: [...body] }),
    ],
    ['text', (body: Buffer<ArrayBuffer>) => body.toString()],
  ])('verifies as %s', async (_, shape) => {
    const { body, headers } = signedRequest();
    expect((await verify(shape(body), headers, SECRET, sent)).event_id).toBe(45);
  });

  it.each([
    ['Headers', (pairs: [string, string][]) => new Headers(pairs)],
    ['a Map', (pairs: [string, string][]) => new Map(pairs)],
    ['a record in their own letter case', (pairs: [string, string][]) => Object.fromEntries(pairs)],
    [
      'a record in CAPITALS',
      (pairs: [string, string][]) =>
        Object.fromEntries(pairs.map(([name, value]) => [name.toUpperCase(), value])),
    ],
    [
      'a record of arrays',
      (pairs: [string, string][]) => Object.fromEntries(pairs.map(([name, value]) => [name, [value]])),
    ],
    [
      'a record with members that are undefined',
      (pairs: [string, string][]) => ({ ...Object.fromEntries(pairs), 'x-webhook-resend': undefined }),
    ],
  ])('verifies with its headers as %s', async (_, shape) => {
    const { body, headers } = signedRequest();
    expect((await verify(body, shape(headers), SECRET, sent)).id).toBe('wh_997jtgfn_5');
  });

  it('is not believed with one byte changed, or with the secret of another webhook', async () => {
    const { body, headers } = signedRequest();
    const changed = Buffer.from(body.toString().replace('45', '46'));
    for (const require of ['standard', 'panel', 'any'] as const) {
      expect(await codeOf(verify(changed, headers, SECRET, at(SENT_AT, { require })))).toBe('bad-signature');
      expect(await codeOf(verify(body, headers, OTHER_SECRET, at(SENT_AT, { require })))).toBe(
        'bad-signature',
      );
    }
  });

  it('cannot be given another id or another time', async () => {
    const { body, headers } = signedRequest();
    const seconds = Math.floor(SENT_AT / 1000);
    for (const change of [{ 'webhook-id': 'wh_6' }, { 'webhook-timestamp': String(seconds + 1) }]) {
      expect(await codeOf(verify(body, withHeaders(headers, change), SECRET, sent))).toBe('bad-signature');
    }
  });

  it('does not change after it was checked, though its bytes do', async () => {
    const { body, headers } = signedRequest();
    const verifying = verify(body, headers, SECRET, sent);
    body.fill(0x20);
    expect((await verifying).rawBody).toBe(BODY);
  });
});

describe('the time of an attempt', () => {
  const seconds = Math.floor(SENT_AT / 1000);

  it.each([
    [0, 300, 'verified'],
    [300, 300, 'verified'],
    [301, 300, 'timestamp-too-old'],
    [-300, 300, 'verified'],
    [-301, 300, 'timestamp-too-new'],
    [1, 0, 'timestamp-too-old'],
    [0, 0, 'verified'],
    [1e9, Number.POSITIVE_INFINITY, 'verified'],
  ])('%i s away, with %d allowed: %s', async (age, toleranceSeconds, result) => {
    const { body, headers } = signedRequest();
    const options = at((seconds + age) * 1000, { toleranceSeconds });
    expect(await codeOf(verify(body, headers, SECRET, options))).toBe(result);
    expect(await codeOf(verify(body, asPanel(headers), SECRET, { ...options, require: 'panel' }))).toBe(
      result,
    );
  });

  it('is near by default within five minutes, and the refusal says how far it was', async () => {
    const { body, headers } = signedRequest();
    await verify(body, headers, SECRET, at((seconds + 300) * 1000));
    await expect(verify(body, headers, SECRET, at((seconds + 301) * 1000))).rejects.toMatchObject({
      name: 'WebhookTimestampError',
      ageSeconds: 301,
      message: 'Sent 301 s ago, and only 300 s are allowed',
    });
    await expect(verify(body, headers, SECRET, at((seconds - 400) * 1000))).rejects.toThrow(
      '400 s in the future',
    );
  });

  it('is not looked at before the signature: a forged request learns nothing from it', async () => {
    const { body, headers } = signedRequest();
    const late = at((seconds + 9999) * 1000);
    expect(await codeOf(verify(body, headers, OTHER_SECRET, late))).toBe('bad-signature');
  });

  it('is that of this machine where no other clock is given', async () => {
    const { body, headers } = signedRequest({ atMs: Date.now() });
    expect((await verify(body, headers, SECRET)).id).toBe('wh_997jtgfn_5');
    expect(await codeOf(verify(body, signedRequest().headers, SECRET))).toBe('timestamp-too-old');
  });
});

it('never puts a secret or the right signature into a message', async () => {
  const { body, headers } = signedRequest({ secret: OTHER_SECRET });
  const error: unknown = await verify(body, headers, SECRET, sent).catch((caught) => caught);
  const right = signer(SECRET).standard('wh_997jtgfn_5', Math.floor(SENT_AT / 1000), body);
  expect(String(error)).toBe('WebhookSignatureError: The signature in webhook-signature does not match');
  expect(JSON.stringify(error)).not.toContain(right);
});

it('knows the event types of the panels', () => {
  expect(EVENT_TYPES).toEqual(vectors('event-types.json'));
});
