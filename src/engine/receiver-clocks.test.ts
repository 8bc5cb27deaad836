import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { ReceiverClocks } from './receiver-clocks.js';

const ORIGINS = ['http://a.example', 'http://b.example', 'http://c.example'];

function site() {
  const lines: { level: number; msg: string; ahead_ms: number; receivers: number }[] = [];
  const clock = new ManualClock();
  const clocks = new ReceiverClocks(clock, pino({}, { write: (line) => lines.push(JSON.parse(line)) }));
  const hear = (origin: string, aheadMs: number, more = '') => {
    const headers = `Date: ${new Date(clock.now() - aheadMs).toUTCString()}${more}`;
    clocks.hear({ origin, headers, sentAt: clock.now() });
  };
  return { clock, clocks, lines, hear };
}

it('says once in the log that the clock is wrong, and once that it is right again', () => {
  const { clock, lines, hear } = site();
  for (const origin of [...ORIGINS, ...ORIGINS]) hear(origin, 120_000);
  clock.advance(10_000);
  for (const origin of ORIGINS) hear(origin, 120_000);
  clock.jump(-120_000);
  for (const origin of ORIGINS) hear(origin, 0);

  expect(lines).toMatchObject([
    { level: 40, ahead_ms: 119_001, receivers: 3, msg: expect.stringContaining('a minute ahead of') },
    { level: 30, ahead_ms: 0, receivers: 3, msg: expect.stringContaining('agree again') },
  ]);
});

it('does not count what a cache had kept', () => {
  const { clocks, hear } = site();
  for (const origin of ORIGINS) hear(origin, 600_000, '\nAge: 600');
  expect(clocks.reading()).toEqual({ off: false, aheadMs: null, receivers: 0 });
});

it('keeps few receivers, and those that answer now in place of those that no longer do', () => {
  const { clock, clocks, hear } = site();
  for (let n = 0; n < 100; n++) hear(`http://receiver-${n}.example`, 0);
  expect(clocks.reading().receivers).toBe(64);

  clock.advance(60_000);
  for (const origin of ORIGINS) hear(origin, 0);

  expect(clocks.reading().receivers).toBe(64);
});
