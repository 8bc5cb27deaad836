import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { latencyBucket, SPAN, Tally } from './statistics.js';

const delivery = { uid: 1, webhookUid: 3, eventType: 12, acceptedAt: 90_000, test: false };

describe('statistics', () => {
  test('sort latencies into buckets a fifth wide, zero and clock jumps into the first', () => {
    expect([-5, 0, 1, 10, 1000, 86_400_000].map(latencyBucket)).toEqual([1, 1, 5, 14, 40, 106]);
    const latency = fc.integer({ min: 10, max: 2 ** 40 });
    fc.assert(
      fc.property(latency, latency, (a, b) => {
        expect(latencyBucket(a) <= latencyBucket(b)).toBe(a <= b || latencyBucket(a) === latencyBucket(b));
        expect(latencyBucket(a * 1.35)).toBeGreaterThan(latencyBucket(a));
      }),
    );
  });

  test('write each key once, and nothing for what came and went in one transaction', () => {
    const tally = new Tally(() => ({ below: 0, size: 1 }));
    tally.entered(delivery, 'pending', null);
    tally.entered(delivery, 'pending', null);
    tally.left(delivery, 'pending');
    tally.entered(delivery, 'delivered', 90_001);
    tally.entered({ ...delivery, test: true }, 'delivered', 90_001);
    tally.entered(delivery, 'retrying', null);
    tally.left(delivery, 'retrying');

    const key = { webhookUid: 3, eventType: 12 };
    const total = { span: SPAN.total, start: 0, webhookUid: 0, eventType: 0, bucket: 0 };
    const minute = { span: SPAN.minute, start: 60_000, ...key };
    expect(tally.entries()).toEqual([
      { key: { ...total, state: 0 }, delta: 1 },
      { key: { ...total, state: 2 }, delta: 1 },
      { key: { ...minute, state: 0, bucket: 0 }, delta: 1 },
      { key: { ...minute, state: 2, bucket: 5 }, delta: 1 },
    ]);
  });
});
