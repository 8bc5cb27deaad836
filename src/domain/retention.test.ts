import { describe, expect, test } from 'vitest';
import { STATE } from './delivery.js';
import { jumpedMs, mayBeCut } from './retention.js';

const delivered = (endedAt: number | null) => ({ state: STATE.delivered, endedAt });

describe('an old event', () => {
  test('may go when nobody wanted it, or all of its deliveries ended long enough ago', () => {
    expect(mayBeCut([], 1_000)).toBe(true);
    expect(mayBeCut([delivered(900), delivered(1_000)], 1_000)).toBe(true);
  });

  test('stays while one of its deliveries is open, or ended later', () => {
    expect(mayBeCut([delivered(900), delivered(1_001)], 1_000)).toBe(false);
    for (const state of [STATE.pending, STATE.retrying]) {
      expect(mayBeCut([delivered(900), { state, endedAt: null }], 1_000)).toBe(false);
    }
  });
});

describe('the clock', () => {
  const start = { now: 5_000, monotonic: 100 };

  test('set forward makes nothing older than this process has seen it become', () => {
    expect(jumpedMs(start, { now: 5_000 + 70_000, monotonic: 100 + 70_000 })).toBe(0);
    expect(jumpedMs(start, { now: 5_000 + 80_000, monotonic: 100 + 70_000 })).toBe(10_000);
  });

  test('set back counts as it is', () => {
    expect(jumpedMs(start, { now: 1_000, monotonic: 100 + 70_000 })).toBe(0);
  });
});
