import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePositions, isCovered, type LogMark, MAX_LOG_STEPS, withMark, withStep } from './log-mark.js';

const step = (createdAt: number, eventId: number, horizon = eventId) => ({ createdAt, eventId, horizon });
const at = (createdAt: number, eventId: number) => ({ createdAt, eventId });

const steps = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 5 }))
    .map(([createdAt, eventId, more]) => step(createdAt, eventId, eventId + more)),
  { maxLength: 12 },
);
const events = Array.from({ length: 21 * 20 }, (_, i) => at(Math.floor(i / 20), 1 + (i % 20)));
const mark = (list: Parameters<typeof withMark>[1]): LogMark => withMark([], list);

describe('a mark in the log', () => {
  it('covers what happened up to the newest listed, ties by number', () => {
    const one = mark([step(1000, 7)]);

    expect(isCovered(one, at(999, 3))).toBe(true);
    expect(isCovered(one, at(1000, 7))).toBe(true);
    expect(isCovered(one, at(1000, 8))).toBe(false);
    expect(isCovered(one, at(1001, 2))).toBe(false);
  });

  it('does not cover what was accepted after the listing, however long ago it happened', () => {
    expect(isCovered(mark([step(1000, 7, 9)]), at(5, 9))).toBe(true);
    expect(isCovered(mark([step(1000, 7, 9)]), at(5, 10))).toBe(false);
  });

  it('keeps one step for a poller that reads what comes in order', () => {
    const read = [step(1000, 1), step(2000, 2), step(3000, 3)].reduce<LogMark>(withStep, []);

    expect(read).toEqual([step(3000, 3)]);
  });

  it('takes late events in below the newest, and leaves those out that were not listed', () => {
    const read = mark([step(9000, 1, 1), step(500, 2, 4)]);

    expect(isCovered(read, at(500, 2))).toBe(true);
    expect(isCovered(read, at(600, 3))).toBe(false);
  });

  it('covers nothing that no step covers, all that it covered before, and has few steps that go down', () => {
    fc.assert(
      fc.property(steps, steps, (before, added) => {
        const old = mark(before);
        const grown = withMark(old, added);
        expect(grown.length).toBeLessThanOrEqual(MAX_LOG_STEPS);
        for (const [index, one] of grown.entries()) {
          const above = grown[index - 1];
          if (above) expect(comparePositions(above, one) > 0 && above.horizon < one.horizon).toBe(true);
        }
        for (const event of events) {
          if (isCovered(old, event)) expect(isCovered(grown, event)).toBe(true);
          if (isCovered(grown, event)) expect(isCovered([...before, ...added], event)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
