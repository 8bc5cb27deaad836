import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EVENT_TYPES, eventCategory, eventTypeCode, eventTypeName } from './event-types.js';

it('speaks exactly the event types of the panels', () => {
  const vector: string[] = JSON.parse(
    readFileSync(new URL('../../test/vectors/event-types.json', import.meta.url), 'utf8'),
  );
  expect([...EVENT_TYPES].sort()).toEqual([...vector].sort());
  expect(EVENT_TYPES.length).toBe(41);
});

it('finds every event type by its code again', () => {
  for (const name of EVENT_TYPES) expect(eventTypeName(eventTypeCode(name) ?? -1)).toBe(name);
  expect(eventTypeCode('log.unknown')).toBeUndefined();
  expect(() => eventTypeName(41)).toThrow(RangeError);
  expect(() => eventCategory('log.unknown')).toThrow(RangeError);
});

it('files events in the log as a panel does', () => {
  const count = (category: string) => EVENT_TYPES.filter((name) => eventCategory(name) === category).length;
  expect(['info', 'system', 'emergency', 'access'].map(count)).toEqual([6, 4, 3, 28]);
  expect(eventCategory('log.lock_is_opened_to_long')).toBe('emergency');
});
