import { describe, expect, it } from 'vitest';
import { formNumber, formText, nextFormNumber, parseForm, requestForm, VARIABLES } from './request-form.js';
import { requestHeaders } from './request-headers.js';
import { signer } from './signature.js';

/** As a release wrote it once, and every later one must read it. */
const KEPT =
  '[["Content-Type","application/json"],["User-Agent","Latchhook/0.1.0"],"own",' +
  '["X-Webhook-Signature",{"is":"panel-signature"}],["X-Webhook-Timestamp",{"is":"utc"}],' +
  '["X-Webhook-Attempt",{"is":"attempt"}],["X-Webhook-Event-Age",{"is":"age"}],["X-Webhook-Resend",{"is":"resend"}],' +
  '["webhook-id",{"is":"id"}],["webhook-timestamp",{"is":"seconds"}],["webhook-signature",{"is":"standard-signature"}],' +
  '["content-length",{"is":"length"}]]';

describe('the form of a request', () => {
  it('that was kept once gives the headers that were sent by it, for ever', () => {
    const form = parseForm(KEPT) ?? [];
    const body = Buffer.from(
      '{"data":{},"created_at":1745947873611,"event_id":45,"event_type":"log.door_was_opened"}',
    );
    const headers = requestHeaders(form, {
      ownHeaders: [
        ['X-Building', 'seven'],
        ['webhook-id', 'forged'],
      ],
      signer: signer('0123456789abcdef'),
      messageId: 'wh_997jtgfn_5',
      body,
      attemptNumber: 3,
      atMs: 1745947933999,
      eventCreatedAt: 1745947873611,
      resend: true,
    });
    expect(headers.map((header) => header.join(': '))).toEqual([
      'Content-Type: application/json',
      'User-Agent: Latchhook/0.1.0',
      'X-Building: seven',
      'X-Webhook-Signature: 855abb08dd26af44252e6c266c5b82e72923021da5c7ff6b14a5a2db9011ec5d',
      'X-Webhook-Timestamp: 2025-04-29T17:32:13Z',
      'X-Webhook-Attempt: 3',
      'X-Webhook-Event-Age: 60',
      'X-Webhook-Resend: 1',
      'webhook-id: wh_997jtgfn_5',
      'webhook-timestamp: 1745947933',
      'webhook-signature: v1,j4ucfXYEBzssxsh0sNIB8xGV3hQOksA/x2hAoCjY710=',
      'content-length: 87',
    ]);
  });

  it('is kept as text, and read from it', () => {
    const form = requestForm('a "quoted" {agent}');
    expect(parseForm(formText(form))).toEqual(form);
  });

  it('is not read by a release that does not know all of it', () => {
    expect(parseForm('[["X-Webhook-Latency",{"is":"latency"}]]')).toBeNull();
    expect(parseForm('[["X-Webhook-Latency",7]]')).toBeNull();
    expect(parseForm('["others"]')).toBeNull();
    expect(parseForm('{}')).toBeNull();
    for (const is of VARIABLES) expect(parseForm(JSON.stringify([['X', { is }]]))).not.toBeNull();
  });

  it('has a number of 31 bits, and the next one round the end', () => {
    for (const text of ['', KEPT, 'a', 'b']) {
      expect(formNumber(text)).toBeGreaterThanOrEqual(0);
      expect(formNumber(text)).toBeLessThan(2 ** 31);
    }
    expect(nextFormNumber(6)).toBe(7);
    expect(nextFormNumber(2 ** 31 - 1)).toBe(0);
  });
});
