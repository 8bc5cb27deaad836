import { expect, test } from 'vitest';
import { type Pressure, pressureAfter } from './pressure.js';

const LIMITS = { minFreeBytes: 1_000, maxOpen: 100 };

/** What each of these readings leads to, one after the other. */
function over(readings: { freeBytes?: number | null; open?: number }[]): Pressure[] {
  let pressure: Pressure = null;
  return readings.map(({ freeBytes = 5_000, open = 0 }) => {
    pressure = pressureAfter(pressure, { freeBytes, open }, LIMITS);
    return pressure;
  });
}

test('a disk with less room than wanted stops intake until there is a tenth more', () => {
  const readings = [1_000, 999, 1_000, 1_099, 1_100, 1_000].map((freeBytes) => ({ freeBytes }));
  expect(over(readings)).toEqual([null, 'disk', 'disk', 'disk', null, null]);
});

test('a backlog at its limit stops intake until a tenth of it is gone', () => {
  const readings = [99, 100, 99, 90, 89, 99].map((open) => ({ open }));
  expect(over(readings)).toEqual([null, 'backlog', 'backlog', 'backlog', null, null]);
});

test('a disk that is not ours says nothing, and a limit of zero is none', () => {
  expect(over([{ freeBytes: null }])).toEqual([null]);
  expect(pressureAfter(null, { freeBytes: 0, open: 0 }, { ...LIMITS, minFreeBytes: 0 })).toBeNull();
});

test('when both are at their limits the disk is named, and then the backlog', () => {
  expect(over([{ freeBytes: 1, open: 100 }, { open: 100 }])).toEqual(['disk', 'backlog']);
});
