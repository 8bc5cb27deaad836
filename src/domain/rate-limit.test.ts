import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateLimit } from './rate-limit.js';

/** Begins as early as the limit allows, at each of the times at which somebody asks. */
function begun(limit: RateLimit, perSecond: (now: number) => number, asked: readonly number[]): number[] {
  const times: number[] = [];
  for (const now of asked) {
    if (limit.waitMs(perSecond(now), now) > 0) continue;
    limit.begin(now);
    times.push(now);
  }
  return times;
}

const gaps = fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { minLength: 1, maxLength: 300 });
const instants = (list: readonly number[]) => {
  let now = 0;
  return list.map((gap) => {
    now += gap;
    return now;
  });
};

describe('a rate limit', () => {
  it('lets no more than its number begin in any second, whenever it is asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (most, list) => {
        const times = begun(new RateLimit(), () => most, instants(list));
        for (const [n, time] of times.entries()) {
          const later = times[n + most];
          expect(later === undefined || later - time >= 1000).toBe(true);
        }
      }),
    );
  });

  it('says when the next may begin: then it may, and not a millisecond before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), gaps, (most, list) => {
        const limit = new RateLimit();
        const asked = instants(list);
        begun(limit, () => most, asked);
        const now = asked.at(-1) ?? 0;
        const wait = limit.waitMs(most, now);
        expect(wait).toBeLessThanOrEqual(1001);
        if (wait > 2) expect(limit.waitMs(most, now + wait - 2)).toBeGreaterThan(0);
        expect(limit.waitMs(most, now + wait)).toBe(0);
      }),
    );
  });

  it('gives a whole second its number at once, and holds nothing back that it owes', () => {
    const limit = new RateLimit();
    for (let second = 0; second < 3; second++) {
      const now = second * 1000;
      expect(begun(limit, () => 5, [now, now, now, now, now, now])).toHaveLength(5);
      expect(limit.waitMs(5, now)).toBe(1000);
    }
  });

  it('follows another number at once, counting what began before', () => {
    const limit = new RateLimit();
    expect(begun(limit, () => 8, Array(8).fill(0))).toHaveLength(8);
    expect(limit.waitMs(2, 10)).toBe(990);
    expect(begun(limit, () => 10, [10, 10, 10])).toHaveLength(2);
  });

  it('begins nothing before its time', () => {
    const limit = new RateLimit(1000);
    expect(limit.waitMs(5, 0)).toBe(1000);
    expect(limit.waitMs(5, 1000)).toBe(0);
  });
});
