import { expect, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { Lookup, type LookupOptions, lookupPlaces, NameNotResolved } from './lookup.js';

interface Question {
  name: string;
  answer(addresses: string[]): void;
  fail(code: string): void;
}

/** A resolver whose questions are answered by hand. */
function asking(options: LookupOptions = {}) {
  const clock = new ManualClock();
  const questions: Question[] = [];
  const resolve = (name: string) =>
    new Promise<string[]>((answer, reject) => {
      questions.push({ name, answer, fail: (code) => reject(Object.assign(new Error(), { code })) });
    });
  const lookup = new Lookup({ clock, resolve, limitMs: 100, places: 8, ...options });
  const names = () => questions.map(({ name }) => name);
  const question = (name: string): Question => {
    const found = questions.findLast((one) => one.name === name);
    if (!found) throw new Error(`${name} was not asked for`);
    return found;
  };
  return { clock, lookup, questions, names, question };
}

const outcome = (asked: Promise<string[]>) => asked.catch((error: Error) => error.message);
const LATE = 'name not resolved (no answer within 100 ms)';

test('an answer is kept for 30 s, and then asked for anew', async () => {
  const { clock, lookup, questions } = asking();
  const first = lookup.addresses('a.test');
  await new Promise(setImmediate);
  questions[0]?.answer(['10.0.0.1']);
  expect(await first).toEqual(['10.0.0.1']);
  clock.advance(29_999);
  expect(await lookup.addresses('a.test')).toEqual(['10.0.0.1']);
  expect(questions).toHaveLength(1);

  clock.advance(1);
  const later = lookup.addresses('a.test');
  await new Promise(setImmediate);
  questions[1]?.answer(['10.0.0.2']);
  expect(await later).toEqual(['10.0.0.2']);
});

test.each([
  ['a failure', (question: Question) => question.fail('ENOTFOUND'), 'name not resolved (ENOTFOUND)'],
  ['no address', (question: Question) => question.answer([]), 'name not resolved (no address)'],
])('%s is kept for 2 s', async (_, happens, message) => {
  const { clock, lookup, questions } = asking();
  const first = outcome(lookup.addresses('a.test'));
  await new Promise(setImmediate);
  for (const question of questions) happens(question);
  expect(await first).toBe(message);
  clock.advance(1_999);
  expect(await outcome(lookup.addresses('a.test'))).toBe(message);
  expect(questions).toHaveLength(1);

  clock.advance(1);
  const later = lookup.addresses('a.test');
  await new Promise(setImmediate);
  questions[1]?.answer(['10.0.0.1']);
  expect(await later).toEqual(['10.0.0.1']);
});

test('a name that hangs is asked for once: who asks meanwhile is told so, and the late answer serves the next', async () => {
  const { lookup, questions, question } = asking();
  const two = [lookup.addresses('slow.test'), lookup.addresses('slow.test')].map(outcome);
  expect(await Promise.all(two)).toEqual([LATE, LATE]);
  await new Promise(setImmediate);
  expect(await outcome(lookup.addresses('slow.test'))).toBe(LATE);
  expect(questions).toHaveLength(1);

  question('slow.test').answer(['10.0.0.1']);
  await new Promise(setImmediate);

  expect(await lookup.addresses('slow.test')).toEqual(['10.0.0.1']);
  expect(questions).toHaveLength(1);
});

test('with more new names hanging than there are places, one that has answered before is still resolved', async () => {
  const { clock, lookup, names, question } = asking();
  const before = lookup.addresses('good.test');
  await new Promise(setImmediate);
  question('good.test').answer(['10.0.0.1']);
  await before;
  clock.advance(30_000);
  const hanging = Array.from({ length: 50 }, (_, n) => outcome(lookup.addresses(`hangs-${n}.test`)));
  await new Promise(setImmediate);
  expect(names()).toHaveLength(1 + 6);

  const again = lookup.addresses('good.test');
  await new Promise(setImmediate);
  question('good.test').answer(['10.0.0.2']);

  expect(await again).toEqual(['10.0.0.2']);
  expect(new Set(await Promise.all(hanging))).toEqual(new Set([LATE]));
});

test('names known to hang leave room for new ones, and come to their turn in the background', async () => {
  // given four names that hung, and that the system is done with
  const { clock, lookup, names, questions, question } = asking();
  const slow = ['a.test', 'b.test', 'c.test', 'd.test'];
  expect(await Promise.all(slow.map((name) => outcome(lookup.addresses(name))))).toEqual(
    slow.map(() => LATE),
  );
  await new Promise(setImmediate);
  for (const name of slow) question(name).fail('EAI_AGAIN');
  await new Promise(setImmediate);
  clock.advance(2_000);
  questions.length = 0;

  // when they are asked for again, and then new ones
  const again = slow.map((name) => outcome(lookup.addresses(name)));
  const fresh = ['e.test', 'f.test', 'g.test', 'h.test'].map((name) => outcome(lookup.addresses(name)));
  await new Promise(setImmediate);

  // then a quarter of the places is theirs
  expect(names()).toEqual(['a.test', 'b.test', 'e.test', 'f.test', 'g.test', 'h.test']);
  for (const name of ['e.test', 'f.test', 'g.test', 'h.test']) question(name).answer(['10.0.0.1']);
  expect(await Promise.all(fresh)).toEqual(fresh.map(() => ['10.0.0.1']));
  expect(await Promise.all(again)).toEqual(slow.map(() => LATE));
  // and who nobody waits for any more is asked for all the same
  question('a.test').fail('EAI_AGAIN');
  question('b.test').fail('EAI_AGAIN');
  await new Promise(setImmediate);
  question('d.test').answer(['10.0.0.4']);
  await new Promise(setImmediate);
  expect(await lookup.addresses('d.test')).toEqual(['10.0.0.4']);
});

test('a resolver that throws is a name that is not resolved', async () => {
  const lookup = new Lookup({
    resolve: () => {
      throw new Error('broken');
    },
  });
  await expect(lookup.addresses('a.test')).rejects.toThrow(NameNotResolved);
  await expect(lookup.addresses('a.test')).rejects.toThrow('name not resolved (broken)');
});

test.each([
  [1, 1],
  [4, 2],
  [32, 16],
])('of %i threads names take %i at most', (threads, places) => {
  expect(lookupPlaces(threads)).toBe(places);
});
