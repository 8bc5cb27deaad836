import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../domain/event-types.js';
import { ALL_TYPES, hasType, MOST_TYPES } from './entries.js';

test('a log without a filter has every event type there can be, and there are no more', () => {
  const missing = Array.from({ length: MOST_TYPES }, (_, code) => code).filter(
    (code) => !hasType(ALL_TYPES, code),
  );
  expect(missing).toEqual([]);
  expect(EVENT_TYPES.length).toBeLessThanOrEqual(MOST_TYPES);
});
