import { expect, test } from 'vitest';
import { Turns } from './turns.js';

const LIMITS = { atOnce: 2, mostWaiting: 20, mostOfOne: 5 };
const BUSY = { status: 503, code: 'store-unavailable', retryAfter: 1 };

/** Turns in which work goes on until `end` is called; `began` has the names of those whose turn came. */
function busyTurns() {
  const turns = new Turns(LIMITS);
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const ask = (origin: string | null, name = origin ?? 'known') =>
    turns.take(origin, () => {
      began.push(name);
      return new Promise<string>((resolve) => ends.push(() => resolve(name)));
    });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (times: number) => {
    for (let i = 0; i < times; i++) {
      ends.shift()?.();
      await settle();
    }
  };
  return { turns, ask, end, began };
}

test('no more run at once than may, and each gets its turn', async () => {
  const { ask, end, began } = busyTurns();
  const all = Promise.all(['a', 'b', 'c', 'd'].map((origin) => ask(origin)));
  expect(began).toEqual(['a', 'b']);

  await end(4);

  expect(await all).toEqual(['a', 'b', 'c', 'd']);
  expect(began).toEqual(['a', 'b', 'c', 'd']);
});

test('one origin with many connections waits for no more than its share, and others pass it', async () => {
  const { ask, end, began } = busyTurns();
  const flood = Promise.allSettled(Array.from({ length: 400 }, () => ask('flooder')));
  const others = Promise.all([ask('anna'), ask('ben')]);

  await end(10);

  expect(began.slice(2, 5).sort()).toEqual(['anna', 'ben', 'flooder']);
  expect(await others).toEqual(['anna', 'ben']);
  const refused = (await flood).filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(400 - LIMITS.atOnce - LIMITS.mostOfOne);
  expect(refused).toMatchObject(Array(refused.length).fill({ reason: BUSY }));
});

test('when many origins fill every place, one that has several gives way to one that has none', async () => {
  const { ask, end, began } = busyTurns();
  const origins = ['a', 'b', 'c', 'd'];
  const flood = Promise.allSettled(origins.flatMap((origin) => Array.from({ length: 6 }, () => ask(origin))));
  const owner = ask('owner');

  await end(30);

  expect(await owner).toBe('owner');
  const refused = (await flood).filter(({ status }) => status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(began).toHaveLength(25 - refused.length);
});

test('with one origin in each place a further stranger is refused, and somebody known goes first', async () => {
  const { ask, end, began } = busyTurns();
  const flood = Array.from({ length: 22 }, (_, n) => ask(`origin-${n}`));

  await expect(ask('late')).rejects.toMatchObject(BUSY);
  const known = ask(null);
  await end(1);

  expect(began.at(-1)).toBe('known');
  await end(22);
  expect(await known).toBe('known');
  expect(await Promise.all(flood)).toHaveLength(22);
});

test('the turn of work that fails goes to the next', async () => {
  const turns = new Turns(LIMITS);
  const failing = async () => {
    throw new Error('blocked meanwhile');
  };

  const failed = await Promise.allSettled(Array.from({ length: 6 }, () => turns.take('a', failing)));

  expect(failed.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await turns.take('a', async () => 'done')).toBe('done');
});
