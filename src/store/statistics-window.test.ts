import { expect, test } from 'vitest';
import { roundedOut, slices } from './statistics-window.js';

const at = (text: string) => Date.parse(`2026-01-${text}Z`);
const NOW = at('05T08:30:10.500');
const window = (from: string, to: string, stepMs: number | null = null) =>
  roundedOut({ from: at(from), to: at(to), stepMs }, NOW);

test('a window is rounded out to minutes, both its ends belonging to it', () => {
  expect(window('05T07:00:30.000', '05T08:00:00.000')).toEqual({
    from: at('05T07:00:00'),
    to: at('05T08:01:00'),
    stepMs: null,
  });
});

test('an end past 48 hours is rounded out to hours, and the steps with it', () => {
  expect(window('03T07:59:59.999', '05T08:00:59.999', 90_000)).toEqual({
    from: at('03T07:00:00'),
    to: at('05T08:01:00'),
    stepMs: 3_600_000,
  });
  expect(window('01T00:10:00', '02T11:59:59.999')).toMatchObject({
    from: at('01T00:00:00'),
    to: at('02T12:00:00'),
  });
});

test('the hour that 48 hours ago lies in is whole, and its minutes are kept', () => {
  expect(window('03T08:10:20', '05T08:00:00', 90_000)).toMatchObject({
    from: at('03T08:10:00'),
    stepMs: 120_000,
  });
});

test('slices are a window in parts, days of hours and then hours of minutes', () => {
  const whole = { from: at('01T07:00:00'), to: at('03T09:30:00') };
  const parts = [...slices(whole, NOW)];
  expect(parts.map(({ from }) => new Date(from).toISOString().slice(8, 16))).toEqual([
    '01T07:00',
    '02T00:00',
    '03T00:00',
    '03T08:00',
    '03T09:00',
  ]);
  expect([...parts.slice(1).map(({ from }) => from), whole.to]).toEqual(parts.map(({ to }) => to));
  expect([...slices({ from: 5, to: 5 }, NOW)]).toEqual([]);
});
