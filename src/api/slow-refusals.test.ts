import { expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { SlowRefusals } from './slow-refusals.js';

/** Counts what may be answered. */
function refusals() {
  const clock = new ManualClock();
  const slow = new SlowRefusals(clock);
  const answered: string[] = [];
  return {
    async refuse(origin: string, times: number): Promise<void> {
      for (let i = 0; i < times; i++) void slow.hold(origin).then(() => answered.push(origin));
      await settled();
    },
    async pass(ms: number): Promise<void> {
      clock.advance(ms);
      await settled();
    },
    answered: (origin: string) => answered.filter((one) => one === origin).length,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('of one origin 20 refusals in a second are answered at once, and the rest a second later', async () => {
  const { refuse, pass, answered } = refusals();

  await refuse('one', 50);
  expect(answered('one')).toBe(20);
  await pass(999);
  expect(answered('one')).toBe(20);
  await pass(1);
  expect(answered('one')).toBe(50);

  await refuse('one', 20);
  expect(answered('one')).toBe(70);
});

test('an origin does not wait for what another one sends', async () => {
  const { refuse, answered } = refusals();

  await refuse('flood', 400);
  await refuse('other', 3);

  expect([answered('flood'), answered('other')]).toEqual([20, 3]);
});

test('no more than 2,000 are held, and what comes then is answered at once', async () => {
  const { refuse, pass, answered } = refusals();

  await refuse('flood', 2_500);
  expect(answered('flood')).toBe(500);
  await pass(1_000);
  expect(answered('flood')).toBe(2_500);
});
