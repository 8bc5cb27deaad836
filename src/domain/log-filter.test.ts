import { describe, expect, it } from 'vitest';
import { EVENT_TYPES } from './event-types.js';
import { CATEGORIES, eventTypesOf, LOG_KEYS, PRIORITIES } from './log-filter.js';

describe('a filter of the log', () => {
  it.each([
    ['category', CATEGORIES],
    ['priority', PRIORITIES],
    ['name', LOG_KEYS],
  ] as const)('by %s finds every event type under exactly one value', (field, values) => {
    const found = values.flatMap((value) => eventTypesOf(field, value));

    expect([...found].sort()).toEqual([...EVENT_TYPES].sort());
    for (const value of values) expect(eventTypesOf(field, value)).not.toEqual([]);
  });

  it('ranks emergencies alone as high, and info and system as low', () => {
    expect(eventTypesOf('priority', 'high')).toEqual(eventTypesOf('category', 'emergency'));
    expect(new Set(eventTypesOf('priority', 'low'))).toEqual(
      new Set([...eventTypesOf('category', 'info'), ...eventTypesOf('category', 'system')]),
    );
    expect(eventTypesOf('name', 'tamper_event')).toEqual(['log.tamper_event']);
  });

  it('finds nothing under a value that there is not', () => {
    expect(eventTypesOf('category', 'High')).toEqual([]);
  });
});
