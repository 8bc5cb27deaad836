import { expect, test } from 'vitest';
import { percentage } from './percentage.js';

test.each([
  [0, 0, 100],
  [7, 7, 100],
  [0, 7, 0],
  [996, 1_000, 99.6],
  [9_996, 10_000, 99.9],
  [1_999_999, 2_000_000, 99.9],
  [1, 1_000_000, 0.1],
  [1, 3, 33.3],
])('%d of %d are %d percent', (part, all, shown) => {
  expect(percentage(part, all)).toBe(shown);
});
