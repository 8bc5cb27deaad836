import { describe, expect, it } from 'vitest';
import { verifier, verify } from '../src/index.js';
import { createReceiver } from '../src/node-http.js';
import { asPanel, BODY, SECRET, SENT_AT, signedRequest, withHeaders } from './support/signed-request.js';
import { at, codeOf, sent } from './support/verdict.js';

describe('headers that cannot be', () => {
  const { body, headers } = signedRequest();

  it.each([
    ['webhook-id', null, 'missing-header'],
    ['webhook-timestamp', null, 'missing-header'],
    ['webhook-id', '', 'malformed-header'],
    ['webhook-id', 'wh_5.1', 'malformed-header'],
    ['webhook-id', 'wh_5, wh_6', 'malformed-header'],
    ['webhook-timestamp', '', 'malformed-header'],
    ['webhook-timestamp', '1e9', 'malformed-header'],
    ['webhook-timestamp', '-1745947874', 'malformed-header'],
    ['webhook-timestamp', '1745947874.5', 'malformed-header'],
    ['webhook-signature', 'v1', 'bad-signature'],
    ['webhook-signature', 'v2,abc', 'bad-signature'],
    ['x-webhook-attempt', 'first', 'malformed-header'],
    ['x-webhook-attempt', null, 'verified'],
  ])('%s: %j ends as %s', async (name, value, result) => {
    expect(await codeOf(verify(body, withHeaders(headers, { [name]: value }), SECRET, sent))).toBe(result);
  });

  it.each([
    ['x-webhook-signature', 'zz', 'malformed-header'],
    ['x-webhook-signature', `sha256=${'0'.repeat(64)}`, 'malformed-header'],
    ['x-webhook-timestamp', 'yesterday', 'malformed-header'],
    ['x-webhook-timestamp', '2025-13-99T20:39:14Z', 'malformed-header'],
  ])('of a panel, %s: %j ends as %s', async (name, value, result) => {
    const changed = withHeaders(asPanel(headers), { [name]: value });
    expect(await codeOf(verify(body, changed, SECRET, at(SENT_AT, { require: 'panel' })))).toBe(result);
  });

  it('are refused when they come twice, with their name', async () => {
    const twice = [...headers, ['Webhook-Id', 'wh_6'] as const];
    await expect(verify(body, twice, SECRET, sent)).rejects.toMatchObject({
      name: 'WebhookHeaderError',
      code: 'malformed-header',
      header: 'webhook-id',
    });
    const record = { ...Object.fromEntries(headers), 'webhook-timestamp': ['1', '2'] };
    expect(await codeOf(verify(body, record, SECRET, sent))).toBe('malformed-header');
  });
});

describe('a body that is rightly signed', () => {
  it.each([
    ['is empty', ''],
    ['is cut off', '{"data":'],
    ['is a list', '[]'],
    ['is null', 'null'],
    ['has no data', BODY.replace('"data"', '"date"')],
    ['has a time that is text', BODY.replace('1745947873611', '"1745947873611"')],
    ['has half an event id', BODY.replace('45,', '4.5,')],
    ['has no event type', BODY.replace('"log.door_was_opened"', 'null')],
    ['is not UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['begins with a byte order mark', `\ufeff${BODY}`],
  ])('and yet no event is refused: it %s', async (_, text) => {
    const { body, headers } = signedRequest({ body: text });
    expect(await codeOf(verify(body, headers, SECRET, sent))).toBe('malformed-body');
  });

  it('may have an event type that is new, and members that nobody knows', async () => {
    const text = '{"more":1,"data":{},"created_at":0,"event_id":1,"event_type":"log.new"}';
    const { body, headers } = signedRequest({ body: text });
    const event = await verify(body, headers, SECRET, sent);
    expect(event.event_type).toBe('log.new');
    expect(event).not.toHaveProperty('more');
  });
});

describe('a mistake of the program', () => {
  const { body, headers } = signedRequest();

  it('is told at once when there is no secret to verify with', () => {
    for (const secret of ['', [], [SECRET, '']]) expect(() => verifier(secret)).toThrow(TypeError);
    expect(() => verifier(unset())).toThrow('a secret must be a string, and not empty');
    expect(() => verifier([unset()])).toThrow(TypeError);
    expect(() => verifier(SECRET, { toleranceSeconds: Number.NaN })).toThrow(TypeError);
    expect(() => verifier(SECRET, { toleranceSeconds: -1 })).toThrow(TypeError);
    expect(() => verifier(SECRET, JSON.parse('{"require":"both"}'))).toThrow(TypeError);
  });

  it.each([
    ['nothing', undefined],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a Date', new Date(SENT_AT)],
    ['a string', String(SENT_AT)],
    ['a bigint', BigInt(SENT_AT)],
    ['a promise', Promise.resolve(SENT_AT)],
    ['null', null],
  ])('is told when its clock gives %s, and lets no old request pass', async (_, time) => {
    for (const toleranceSeconds of [300, Number.POSITIVE_INFINITY]) {
      const options = { now: () => time as number, toleranceSeconds };
      await expect(verify(body, headers, SECRET, options)).rejects.toThrow('now must return ms since 1970');
    }
  });

  it.each([null, '', '300', true, 300n, new Date(0), Number.NaN, -1, Number.NEGATIVE_INFINITY])(
    'is told at once when a limit is %s',
    (limit) => {
      const wrong = limit as number;
      expect(() => verifier(SECRET, { toleranceSeconds: wrong })).toThrow(
        'toleranceSeconds must be a number',
      );
      expect(() => createReceiver(() => {}, { secret: SECRET, maxBodyBytes: wrong })).toThrow(
        'maxBodyBytes must be a number',
      );
    },
  );

  it('is told at once when its clock is no function', () => {
    expect(() => verifier(SECRET, { now: SENT_AT as unknown as () => number })).toThrow(
      'now must be a function',
    );
  });

  it('is told when the body was parsed already', async () => {
    await expect(verify(JSON.parse(BODY), headers, SECRET, sent)).rejects.toThrow('the bytes as they came');
    await expect(verify(body, JSON.parse('null'), SECRET, sent)).rejects.toThrow(TypeError);
  });
});

/** What an environment variable is that nobody has set. */
function unset(): string {
  return JSON.parse('null');
}
