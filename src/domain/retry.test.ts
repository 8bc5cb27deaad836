import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AfterAttemptInput, afterAttempt, MAX_DELAY_MS, retryAfterMs } from './retry.js';

/** 2025-04-29T17:31:14Z */
const NOW = 1745947874000;

/** A first attempt that was answered with 500, in the middle of the jitter. */
const FAILED: AfterAttemptInput = {
  responseStatus: 500,
  failed: true,
  retryAfter: null,
  nowMs: NOW,
  attemptsBefore: 0,
  runBase: 0,
  maxRetries: 5,
  retryBaseMs: 5000,
  retryFactor: 3,
  random: 0.5,
};

const after = (change: Partial<AfterAttemptInput>) => afterAttempt({ ...FAILED, ...change });
const delayAfter = (change: Partial<AfterAttemptInput>) => {
  const { next } = after(change);
  return next.state === 'retrying' ? next.delayMs : null;
};
const DELIVERED = { next: { state: 'delivered', reason: 'success' }, disable: null };
const EXHAUSTED = { next: { state: 'failed', reason: 'retries-exhausted' }, disable: null };

describe('after an attempt', () => {
  it.each([200, 201, 204, 299])('a %i means delivered, whatever the body then does', (responseStatus) => {
    expect(after({ responseStatus, failed: false })).toEqual(DELIVERED);
    expect(after({ responseStatus, failed: true })).toEqual(DELIVERED);
  });

  it('a 410 ends the delivery and disables the webhook, with retries left or not', () => {
    const gone = { next: { state: 'failed', reason: 'receiver-gone' }, disable: 'receiver-gone' };
    expect(after({ responseStatus: 410 })).toEqual(gone);
    expect(after({ responseStatus: 410, attemptsBefore: 5 })).toEqual(gone);
    expect(after({ responseStatus: 410, retryAfter: '5' })).toEqual(gone);
  });

  it.each([null, 100, 301, 302, 400, 401, 404, 409, 411, 429, 500, 503])(
    'a %s is retried',
    (responseStatus) => {
      expect(after({ responseStatus })).toEqual({
        next: { state: 'retrying', delayMs: 5000 },
        disable: null,
      });
    },
  );

  it('each delay is longer by the factor, until the retries are used up', () => {
    const delays = [0, 1, 2, 3, 4].map((attemptsBefore) => delayAfter({ attemptsBefore }));
    expect(delays).toEqual([5000, 15_000, 45_000, 135_000, 405_000]);
    expect(after({ attemptsBefore: 5 })).toEqual(EXHAUSTED);
  });

  it('a resend gets its full retries and begins with the shortest delay', () => {
    const delays = [7, 8, 9].map((attemptsBefore) =>
      delayAfter({ attemptsBefore, runBase: 7, maxRetries: 2 }),
    );
    expect(delays).toEqual([5000, 15_000, null]);
  });

  it('fewer retries than were made already end the delivery', () => {
    expect(after({ attemptsBefore: 4, maxRetries: 1 })).toEqual(EXHAUSTED);
  });

  it('jitter moves a delay by a fifth at most, and never beyond a day', () => {
    expect(delayAfter({ random: 0 })).toBe(4000);
    expect(delayAfter({ random: 1 })).toBe(6000);
    expect(delayAfter({ retryBaseMs: MAX_DELAY_MS, random: 1 })).toBe(MAX_DELAY_MS);
    expect(delayAfter({ attemptsBefore: 4, retryFactor: 1e90 })).toBe(MAX_DELAY_MS);
  });

  it('a Retry-After counts when it asks for more, without jitter, up to a day', () => {
    expect(delayAfter({ retryAfter: '3' })).toBe(5000);
    for (const random of [0, 0.3, 1]) expect(delayAfter({ retryAfter: '60', random })).toBe(60_000);
    expect(delayAfter({ retryAfter: 'Tue, 29 Apr 2025 17:33:14 GMT' })).toBe(120_000);
    expect(delayAfter({ retryAfter: '172800' })).toBe(MAX_DELAY_MS);
    expect(delayAfter({ retryAfter: 'soon' })).toBe(5000);
    expect(after({ retryAfter: '60', attemptsBefore: 5 })).toEqual(EXHAUSTED);
  });

  it('a delivery makes one attempt more than it has retries, whatever chance and receivers say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.nat(1000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.option(fc.oneof(fc.string(), fc.nat().map(String)), { nil: null }),
        (maxRetries, runBase, random, retryAfter) => {
          let attempts = runBase;
          for (;;) {
            const { next } = after({ attemptsBefore: attempts, runBase, maxRetries, random, retryAfter });
            attempts++;
            if (next.state !== 'retrying') break;
            expect(Number.isInteger(next.delayMs)).toBe(true);
            expect(next.delayMs).toBeGreaterThanOrEqual(0.8 * 5000 * 3 ** (attempts - runBase - 1));
            expect(next.delayMs).toBeLessThanOrEqual(MAX_DELAY_MS);
          }
          expect(attempts - runBase).toBe(maxRetries + 1);
        },
      ),
    );
  });
});

describe('a Retry-After', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['00005', 5000],
    ['86400', MAX_DELAY_MS],
    ['86401', MAX_DELAY_MS],
    ['9'.repeat(400), MAX_DELAY_MS],
    ['Tue, 29 Apr 2025 17:31:44 GMT', 30_000],
    ['Tuesday, 29-Apr-25 17:31:44 GMT', 30_000],
    ['Tue Apr 29 17:31:44 2025', 30_000],
    ['Thu May  1 00:00:00 2025', MAX_DELAY_MS],
    ['Fri, 31 Dec 9999 23:59:59 GMT', MAX_DELAY_MS],
    ['Tue, 29 Apr 2025 17:31:14 GMT', 0],
    ['Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['Sunday, 06-Nov-94 08:49:37 GMT', 0],
    ['Sun Nov  6 08:49:37 1994', 0],
    ['Mon, 01 Jan 0001 00:00:00 GMT', 0],
  ])('of %j asks for %i ms', (value, delayMs) => {
    expect(retryAfterMs(value, NOW)).toBe(delayMs);
  });

  it.each([
    '',
    ' ',
    '-1',
    '1.5',
    '+5',
    '0x10',
    '1e3',
    '5s',
    '5, 10',
    '٣',
    'tomorrow',
    '2025-04-29T17:31:44Z',
    '29 Apr 2025 17:31:44 GMT',
    'Tue, 29 Apr 2025 17:31:44 +0200',
    'Tue, 29 Apr 2025 24:00:00 GMT',
    'Tue, 29 Apr 2025 17:60:00 GMT',
    'Tue, 29 Apr 2025 17:31:61 GMT',
    'Mon, 31 Feb 2025 17:31:44 GMT',
    'Mon, 00 Feb 2025 17:31:44 GMT',
    'Mon, 01 Foo 2025 17:31:44 GMT',
  ])('of %j says nothing', (value) => {
    expect(retryAfterMs(value, NOW)).toBeNull();
  });

  it('with a year of two digits is never more than 50 years ahead', () => {
    const in2099 = Date.UTC(2099, 11, 31, 23, 59, 59);
    expect(retryAfterMs('Friday, 01-Jan-75 00:00:00 GMT', NOW)).toBe(MAX_DELAY_MS);
    expect(retryAfterMs('Friday, 01-Jan-76 00:00:00 GMT', NOW)).toBe(0);
    expect(retryAfterMs('Thursday, 31-Dec-99 23:59:59 GMT', in2099 - 5000)).toBe(5000);
  });

  it('in any form says the same for any instant of a century', () => {
    const seconds = fc.integer({ min: Date.UTC(1980) / 1000, max: Date.UTC(2070) / 1000 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 86_400 }), (second, ahead) => {
        const now = (second - ahead) * 1000;
        const fixed = new Date(second * 1000).toUTCString();
        const [name = '', day = '', month = '', year = '', time = ''] = fixed.split(/,? /);
        const long =
          { Tue: 'Tuesday', Wed: 'Wednesday', Thu: 'Thursday', Sat: 'Saturday' }[name] ?? `${name}day`;
        const obsolete = `${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
        const asctime = `${name} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
        for (const form of [fixed, asctime]) expect(retryAfterMs(form, now)).toBe(ahead * 1000);
        const sameCentury = new Date(now).getUTCFullYear() >= 2000 === Number(year) >= 2000;
        if (sameCentury) expect(retryAfterMs(obsolete, now)).toBe(ahead * 1000);
      }),
    );
  });
});
