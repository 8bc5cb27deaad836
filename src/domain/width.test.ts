import { expect, test } from 'vitest';
import { FIRST_WIDTH, heard, NARROW, type Width, widthAfter } from './width.js';

const MOST = 64;

/** All of its width under way, each round is answered. */
function afterRounds(width: Width, rounds: number): Width {
  let now = width;
  for (let round = 0; round < rounds; round++) {
    const { attempts } = now;
    for (let n = 0; n < attempts; n++) now = widthAfter(now, 'answered', now.attempts, MOST);
  }
  return now;
}

test('a receiver that answers is at full width after three round trips, and never wider', () => {
  expect(afterRounds(FIRST_WIDTH, 3)).toEqual({ attempts: MOST, onTrial: false });
  expect(afterRounds(FIRST_WIDTH, 5)).toEqual({ attempts: MOST, onTrial: false });
});

test('what is not used does not widen', () => {
  expect(widthAfter(FIRST_WIDTH, 'answered', NARROW - 1, MOST)).toEqual({ attempts: NARROW, onTrial: false });
});

test('one time-out halves a wide receiver, and a few put it on trial', () => {
  let width: Width = { attempts: MOST, onTrial: false };
  width = widthAfter(width, 'unanswered', MOST, MOST);
  expect(width).toEqual({ attempts: 32, onTrial: false });
  for (let n = 0; n < 3; n++) width = widthAfter(width, 'unanswered', MOST, MOST);
  expect(width).toEqual(FIRST_WIDTH);
});

test('an attempt that was cut off here says nothing of the receiver', () => {
  const width: Width = { attempts: 20, onTrial: false };
  expect(widthAfter(width, null, 20, MOST)).toEqual(width);
});

test('a refusal of the event is an answer, overload and silence are none', () => {
  const statuses = [200, 301, 400, 404, 410, 500].map((responseStatus) =>
    heard({ responseStatus, errorKind: null }),
  );
  expect(new Set(statuses)).toEqual(new Set(['answered']));
  expect(heard({ responseStatus: 503, errorKind: null })).toBe('unanswered');
  expect(heard({ responseStatus: null, errorKind: 'headers-timeout' })).toBe('unanswered');
});
