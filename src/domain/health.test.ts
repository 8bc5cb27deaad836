import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterFailure,
  DRAIN_MS,
  drainRate,
  type Failure,
  isCertain,
  LONGEST_PROBE_MS,
  NO_STREAK,
  opens,
  probeDelay,
} from './health.js';

const refused = (deliveryUid: number): Failure => ({
  deliveryUid,
  responseStatus: null,
  errorKind: 'refused',
  nowMs: 7,
});
const answered = (deliveryUid: number, responseStatus = 500): Failure => ({
  deliveryUid,
  responseStatus,
  errorKind: 'status',
  nowMs: 7,
});
const streak = (failures: Failure[]) => failures.reduce(afterFailure, NO_STREAK);

describe('a circuit', () => {
  it('opens at the third failure in a row that cannot be the fault of an event, be it of one delivery', () => {
    expect(opens(streak([refused(1), refused(1)]))).toBe(false);
    expect(opens(streak([refused(1), answered(1, 503), refused(1)]))).toBe(true);
    expect(opens(streak([refused(1), refused(2), answered(3), refused(4)]))).toBe(false);
  });

  it('opens at the fifth failure of any kind, once three deliveries have failed', () => {
    expect(opens(streak([1, 2, 3, 1].map((uid) => answered(uid))))).toBe(false);
    expect(opens(streak([1, 2, 3, 1, 1].map((uid) => answered(uid))))).toBe(true);
    expect(opens(streak([1, 2, 1, 2, 1, 2, 1].map((uid) => answered(uid))))).toBe(false);
  });

  it('never opens for what one or two deliveries alone fail of', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(400, 404, 500, 501))),
        (list) => {
          expect(opens(streak(list.map(([uid, status]) => answered(uid, status))))).toBe(false);
        },
      ),
    );
  });

  it.each([
    ['dns', true],
    ['refused', true],
    ['unreachable', true],
    ['tls', true],
    ['connect-timeout', true],
    ['reset', false],
    ['headers-timeout', false],
    ['bad-http', false],
    ['address-not-allowed', false],
  ] as const)('takes %s for certain: %s', (errorKind, certain) => {
    expect(isCertain({ responseStatus: null, errorKind })).toBe(certain);
  });

  it('takes 429 and 502 to 504 for certain, and no other answer', () => {
    const certain = Array.from({ length: 300 }, (_, n) => 300 + n).filter((responseStatus) =>
      isCertain({ responseStatus, errorKind: 'status' }),
    );
    expect(certain).toEqual([429, 502, 503, 504]);
  });

  it('says since when it fails', () => {
    expect(
      streak([
        { ...refused(1), nowMs: 5 },
        { ...refused(2), nowMs: 9 },
      ]).since,
    ).toBe(5);
  });
});

describe('a probe', () => {
  const delay = (probes: number, retryAfter: string | null = null) =>
    probeDelay({ probes, retryBaseMs: 5_000, retryFactor: 3, retryAfter, nowMs: 0 });

  it('goes out after 5 s, 15 s, 45 s and so on, at least every five minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 100_000].map((probes) => delay(probes))).toEqual([
      5_000,
      15_000,
      45_000,
      135_000,
      LONGEST_PROBE_MS,
      LONGEST_PROBE_MS,
      LONGEST_PROBE_MS,
    ]);
  });

  it('waits for as long as the receiver asks, up to a day', () => {
    expect(delay(0, '120')).toBe(120_000);
    expect(delay(3, '1')).toBe(135_000);
    expect(delay(0, '99999999')).toBe(24 * 3_600_000);
  });
});

describe('a lane that drains', () => {
  it('begins with 50 a second, doubles each second, and has no limit after ten', () => {
    expect([0, 999, 1_000, 2_000, 9_999].map(drainRate)).toEqual([50, 50, 100, 200, 25_600]);
    expect(drainRate(DRAIN_MS)).toBeNull();
  });
});
