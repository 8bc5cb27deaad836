import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signer } from '../../src/domain/signature.js';
import { verify } from '../src/index.js';
import { BODY, signedRequest } from './support/signed-request.js';
import { codeOf } from './support/verdict.js';

/** The published library knows no other clock than the machine's. */
const now = () => Date.now();

const whsec = fc
  .uint8Array({ minLength: 16, maxLength: 96 })
  .map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`);
/** Its raw secrets are one byte a character. */
const plain = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 16,
  maxLength: 128,
});
/** A secret, with the published library set up for it. */
const secrets = fc.oneof(
  whsec.map((secret) => ({ secret, published: new Webhook(secret) })),
  plain.map((secret) => ({ secret, published: new Webhook(secret, { format: 'raw' }) })),
);
const bodies = fc
  .record({
    data: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
    created_at: fc.nat(),
    event_id: fc.nat(),
  })
  .map((members) => JSON.stringify({ ...members, event_type: 'log.tamper_event' }));

describe('the published library for Standard Webhooks', () => {
  it('verifies what Latchhook signs', () => {
    fc.assert(
      fc.property(secrets, bodies, ({ secret, published }, text) => {
        const { body, headers } = signedRequest({ secret, body: text, atMs: now() });
        expect(published.verify(body, Object.fromEntries(headers))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what Latchhook signed with another secret', () => {
    const { body, headers } = signedRequest({ secret: 'another-secret-of-ours', atMs: now() });
    const published = new Webhook('0123456789abcdef', { format: 'raw' });
    expect(() => published.verify(body, Object.fromEntries(headers))).toThrow('No matching signature found');
  });

  it('signs what verifies here', async () => {
    await fc.assert(
      fc.asyncProperty(
        secrets,
        bodies,
        fc.stringMatching(/^msg_[A-Za-z0-9]{1,30}$/),
        async ({ secret, published }, text, id) => {
          const sentAt = new Date(Math.floor(now() / 1000) * 1000);
          const headers = {
            'webhook-id': id,
            'webhook-timestamp': String(sentAt.getTime() / 1000),
            'webhook-signature': published.sign(id, sentAt, text),
          };
          expect(await verify(text, headers, secret)).toMatchObject({
            id,
            rawBody: text,
            signedBy: 'standard',
          });
        },
      ),
    );
  });
});

describe('any request', () => {
  it('verifies with its own secret, whatever that is, and in both forms', async () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.string({ unit: 'grapheme', minLength: 1 }),
      whsec,
    );
    await fc.assert(
      fc.asyncProperty(any, bodies, async (secret, text) => {
        const { body, headers } = signedRequest({ secret, body: text, atMs: now() });
        const event = await verify(body, headers, secret);
        expect(event).toMatchObject(JSON.parse(text));
        expect(event.rawBody).toBe(text);
        expect(await codeOf(verify(body, headers, secret, { require: 'panel' }))).toBe('verified');
      }),
    );
  });

  it('does not with any one byte of its body changed', async () => {
    const { body, headers } = signedRequest();
    const options = { toleranceSeconds: Number.POSITIVE_INFINITY };
    await fc.assert(
      fc.asyncProperty(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Uint8Array.from(body, (byte, i) => (i === at ? byte ^ flip : byte));
        expect(await codeOf(verify(changed, headers, '0123456789abcdef', options))).toBe('bad-signature');
        const panel = { ...options, require: 'panel' } as const;
        expect(await codeOf(verify(changed, headers, '0123456789abcdef', panel))).toBe('bad-signature');
      }),
    );
  });

  it('does not with any one bit of its signature changed', async () => {
    const { body, headers } = signedRequest();
    const record = Object.fromEntries(headers);
    const mac = Buffer.from(record['webhook-signature']?.slice(3) ?? '', 'base64');
    expect(mac).toHaveLength(32);
    await fc.assert(
      fc.asyncProperty(fc.nat(255), async (bit) => {
        const changed = Buffer.from(mac);
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        const forged = { ...record, 'webhook-signature': `v1,${changed.toString('base64')}` };
        expect(await codeOf(verify(body, forged, '0123456789abcdef', { toleranceSeconds: 1e12 }))).toBe(
          'bad-signature',
        );
      }),
    );
  });

  it('with headers out of nowhere is refused with a code, and never breaks the program', async () => {
    const name = fc.constantFrom(
      'webhook-id',
      'Webhook-Timestamp',
      'webhook-signature',
      'x-webhook-signature',
      'x-webhook-timestamp',
      'x-webhook-attempt',
      'host',
    );
    const right = signer('0123456789abcdef').standard('wh_1', 1, Buffer.from(BODY));
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('wh_1', '1', right, `${right} ${right}`, '0'.repeat(64)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(name, value)),
        fc.oneof(fc.uint8Array(), fc.constant(BODY)),
        fc.constantFrom('standard', 'panel', 'any'),
        async (headers, body, require) => {
          const code = await codeOf(verify(body, headers, '0123456789abcdef', { require, now: () => 1e6 }));
          expect(code).toMatch(
            /^(missing-header|malformed-header|bad-signature|timestamp-too-old|verified)$/,
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});
