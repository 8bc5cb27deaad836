import { describe, expect, it } from 'vitest';
import { requestForm } from './request-form.js';
import { maskedHeaders, requestHeaders } from './request-headers.js';
import { signer } from './signature.js';

const BODY = Buffer.from(
  '{"data":{"test":"success"},"created_at":1745947873611,"event_id":45,"event_type":"log.access_granted_by_api_call"}',
);

const FORM = requestForm('Latchhook/0.1.0');

const ATTEMPT = {
  ownHeaders: [['X-Api-Key', 'letmein']] as [string, string][],
  signer: signer('0123456789abcdef'),
  messageId: 'wh_5',
  body: BODY,
  attemptNumber: 1,
  atMs: 1745947874999,
  eventCreatedAt: 1745947873611,
  resend: false,
};

describe('the headers of an attempt', () => {
  it('are those of the panels, the own ones, and those of Standard Webhooks', () => {
    expect(requestHeaders(FORM, ATTEMPT)).toEqual([
      ['Content-Type', 'application/json'],
      ['User-Agent', 'Latchhook/0.1.0'],
      ['X-Api-Key', 'letmein'],
      ['X-Webhook-Signature', 'fb5d25c6a25bcec0536ec29bdea3f96eaef5a40aa84ed1063e8f3b8550b863c4'],
      ['X-Webhook-Timestamp', '2025-04-29T17:31:14Z'],
      ['X-Webhook-Attempt', '1'],
      ['X-Webhook-Event-Age', '1'],
      ['webhook-id', 'wh_5'],
      ['webhook-timestamp', '1745947874'],
      ['webhook-signature', 'v1,jz/4qESBReyGjMKe603i9l5D7HWq7VxbGBBK8GvpgNM='],
      ['content-length', '114'],
    ]);
  });

  it('have no signatures without a secret', () => {
    const names = requestHeaders(FORM, { ...ATTEMPT, signer: null }).map(([name]) => name.toLowerCase());
    expect(names.filter((name) => name.endsWith('signature'))).toEqual([]);
    expect(names).toContain('webhook-id');
  });

  it('say which attempt it is, and whether it is a resend', () => {
    const headers = new Map(requestHeaders(FORM, { ...ATTEMPT, attemptNumber: 12, resend: true }));
    expect(headers.get('X-Webhook-Attempt')).toBe('12');
    expect(headers.get('X-Webhook-Resend')).toBe('1');
    expect(new Map(requestHeaders(FORM, ATTEMPT)).has('X-Webhook-Resend')).toBe(false);
  });

  it('tell how old the event is, in whole seconds, and never that it is still to come', () => {
    const age = (eventCreatedAt: number) =>
      new Map(requestHeaders(FORM, { ...ATTEMPT, eventCreatedAt })).get('X-Webhook-Event-Age');
    expect(age(ATTEMPT.atMs - 3_600_999)).toBe('3600');
    expect(age(ATTEMPT.atMs)).toBe('0');
    expect(age(ATTEMPT.atMs + 60_000)).toBe('0');
  });

  it('count the bytes of the body, not its characters', () => {
    const headers = new Map(requestHeaders(FORM, { ...ATTEMPT, body: Buffer.from('{"data":"ž王"}') }));
    expect(headers.get('content-length')).toBe('16');
  });

  it('never hold own headers of names that are ours, in any letter case', () => {
    const ownHeaders: [string, string][] = [
      ['x-webhook-signature', 'forged'],
      ['X-WEBHOOK-anything', 'forged'],
      ['Webhook-Id', 'forged'],
      ['webhook-', 'forged'],
      ['webhook', 'mine'],
      ['x-webhooks', 'mine'],
      ['my-webhook-id', 'mine'],
    ];
    const headers = requestHeaders(FORM, { ...ATTEMPT, ownHeaders });
    expect(headers.filter(([, value]) => value === 'forged')).toEqual([]);
    expect(headers.filter(([, value]) => value === 'mine').map(([name]) => name)).toEqual([
      'webhook',
      'x-webhooks',
      'my-webhook-id',
    ]);
  });

  it('show own values masked and everything else as sent', () => {
    const ownHeaders: [string, string][] = [
      ['X-Api-Key', 'letmein'],
      ['X-Webhook-Attempt', 'forged'],
    ];
    const sent = requestHeaders(FORM, { ...ATTEMPT, ownHeaders });
    const shown = maskedHeaders(sent, ['x-api-KEY', 'X-Webhook-Attempt']);
    expect(shown).toEqual(sent.map(([name, value]) => [name, name === 'X-Api-Key' ? '***' : value]));
    expect(maskedHeaders(sent, [])).toEqual(sent);
  });
});
