import { expect, test } from 'vitest';
import { lateBy } from './process.js';

test('a timer that fires when it should is not late, however far from the one before it', () => {
  expect(lateBy(10e6)).toBe(0);
  expect(lateBy(9.9e6)).toBe(0);
  expect(lateBy(25e6)).toBeCloseTo(0.015, 9);
});
