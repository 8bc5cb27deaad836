import { expect, it } from 'vitest';
import { eventAgeMs, isTooOld } from './freshness.js';

it('is too old when it is older than the greatest age, and not when it is just as old', () => {
  expect(isTooOld(1_000, 60, 61_000)).toBe(false);
  expect(isTooOld(1_000, 60, 61_001)).toBe(true);
});

it('is never too old where no age is set, nor when a clock puts it in the future', () => {
  expect(isTooOld(0, null, Number.MAX_SAFE_INTEGER)).toBe(false);
  expect(isTooOld(10_000, 1, 0)).toBe(false);
  expect(eventAgeMs(10_000, 0)).toBe(0);
});
