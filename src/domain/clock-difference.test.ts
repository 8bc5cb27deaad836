import { describe, expect, it } from 'vitest';
import { aheadMs, isOff, medianAhead } from './clock-difference.js';

const DATE = 1_745_947_873_000;

describe('the difference to a clock in whole seconds', () => {
  it.each([
    ['none where the way explains it', DATE - 5_000, DATE + 5_000, 0],
    ['none within the second', DATE + 998, DATE + 998, 0],
    ['ahead by what is left when it answered at once', DATE + 61_999, DATE + 70_000, 61_000],
    ['behind by what is left when it answered at last', DATE - 70_000, DATE - 61_000, -61_000],
  ])('is %s', (_, sentAt, answeredAt, expected) => {
    expect(aheadMs(DATE, sentAt, answeredAt)).toBe(expected);
  });
});

describe('the middle of several differences', () => {
  it.each([
    [[], null],
    [[90_000, 90_000], null],
    [[0, 0, 900_000], 0],
    [[0, 90_000, 90_000], 90_000],
    [[-90_000, -90_000, 0, 0], 0],
    [[0, 0, 90_000, 90_000], 0],
    [[-90_000, -80_000, -70_000, -60_000], -70_000],
  ])('of %j is %j', (aheads, expected) => {
    expect(medianAhead(aheads)).toBe(expected);
  });
});

describe('a clock', () => {
  it('is off beyond a minute, and until it is clearly within', () => {
    expect([60_000, -60_000, 60_001, -60_001].map((median) => isOff(median, false))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect([55_000, 50_000].map((median) => isOff(median, true))).toEqual([true, false]);
    expect(isOff(null, true)).toBe(false);
  });
});
