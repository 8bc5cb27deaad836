import { describe, expect, it } from 'vitest';
import { WEBHOOK } from '../../test/support/webhooks.js';
import { DOOR } from '../store/conformance/harness.conformance.js';
import type { RecordedAttempt } from '../store/store.js';
import { deliveryOf } from './delivery-item.js';
import { eventDetailsHtml } from './event-details.js';

const EVENT = { eventId: 45, eventType: DOOR, createdAt: 1_000, data: '{}' };

function rowWith(attempt: Pick<RecordedAttempt, 'formId' | 'form'>) {
  return {
    uid: 5,
    webhookUid: 1,
    url: WEBHOOK.url,
    eventId: 45,
    eventType: DOOR,
    state: 'delivered',
    held: false,
    reason: 'success',
    attempts: 1,
    maxAttempts: 4,
    responseStatus: 200,
    acceptedAt: 1_000,
    lastAttemptAt: 2_000,
    nextAttemptAt: null,
    test: false,
    attemptLog: [
      {
        number: 1,
        versionId: 1,
        startedAt: 2_000,
        durationMs: 5,
        responseStatus: 200,
        error: null,
        note: null,
        responseHeaders: '',
        responseBody: '',
        resend: false,
        resent: false,
        ...attempt,
      },
    ],
  } as const;
}

const SENT = {
  versions: new Map([[1, { ...WEBHOOK, eventTypes: [DOOR] }]]),
  idOrigin: { storeId: 'a', lastPlainUid: 0 },
};

describe('an attempt of which it was not recorded how it was sent', () => {
  it.each([
    ['from before that was kept', { formId: null, form: null }],
    ['by a form that was lost', { formId: 7, form: null }],
    ['by a form of a newer release', { formId: 7, form: '[["X-Webhook-Latency",{"is":"latency"}]]' }],
  ])('says so and invents nothing: %s', (_, attempt) => {
    const row = { ...rowWith(attempt), attemptLog: [...rowWith(attempt).attemptLog] };

    const delivery = deliveryOf(EVENT, row, SENT);
    const page = eventDetailsHtml({ event: EVENT, delivery: row }, delivery).split('\n');

    expect(delivery.attempt_log[0]?.request_headers).toBeNull();
    expect(page[page.indexOf('Headers:') + 1]).toBe('(not recorded)');
  });
});
