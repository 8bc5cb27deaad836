/** Receivers whose names lead elsewhere after a while. */
import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { startReceiver } from '../../test/support/receiver.js';
import { exchangeTo, openSender } from '../../test/support/sending.js';

/** Two receivers at the same port of two addresses, and a name that leads to the first of them until it is moved. */
async function movingName() {
  const old = await startReceiver({ host: '127.0.0.1' });
  onTestFinished(old.close);
  const port = Number(new URL(old.url).port);
  const next = await startReceiver({ host: '127.0.0.2', port });
  onTestFinished(next.close);
  const clock = new ManualClock();
  const state = { answer: ['127.0.0.1'], failing: false, asked: 0 };
  const sender = openSender({
    connections: 2,
    clock,
    resolve: async () => {
      state.asked++;
      if (state.failing) throw Object.assign(new Error('no answer'), { code: 'EAI_AGAIN' });
      return state.answer;
    },
  });
  const send = () => sender.send(exchangeTo(`http://moving.test:${port}/`));
  /** Requests one after another, and how many of them each receiver got. */
  async function sendSome(count: number): Promise<[number, number]> {
    const before = [old.requests.length, next.requests.length] as const;
    for (let n = 0; n < count; n++) expect((await send()).error).toBeNull();
    return [old.requests.length - before[0], next.requests.length - before[1]];
  }
  return { old, next, clock, state, send, sendSome };
}

test('under steady traffic a receiver that moves is followed within 30 s, and the old connection closed', async () => {
  const { old, clock, state, sendSome } = await movingName();
  expect(await sendSome(3)).toEqual([3, 0]);
  state.answer = ['127.0.0.2'];

  clock.advance(29_000);
  expect(await sendSome(3)).toEqual([3, 0]);
  clock.advance(1_000);
  // The one that finds out goes where the others went.
  expect(await sendSome(5)).toEqual([1, 4]);
  await old.idle();
});

test('the name is asked for once in 30 s, however much is sent', async () => {
  const { clock, state, sendSome } = await movingName();
  for (let s = 0; s < 60; s++) {
    await sendSome(2);
    clock.advance(1_000);
  }
  expect(state.asked).toBe(2);
});

test('a connection stays in use while its address is among the answers, in whatever order', async () => {
  const { old, next, clock, state, sendSome } = await movingName();
  await sendSome(2);
  for (let round = 0; round < 8; round++) {
    state.answer = round % 2 === 0 ? ['127.0.0.2', '127.0.0.1'] : ['127.0.0.1', '127.0.0.2'];
    clock.advance(30_000);
    expect(await sendSome(2)).toEqual([2, 0]);
  }
  expect(old.accepted()).toBe(1);
  expect(next.accepted()).toBe(0);
});

test('what is under way on a connection of the old address is finished', async () => {
  const { old, clock, state, send, sendSome } = await movingName();
  await sendSome(2);
  let finish = (_status: number) => {};
  old.answerWith(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  const underWay = send();
  await old.next(3);
  old.answerWith(200);
  state.answer = ['127.0.0.2'];
  clock.advance(30_000);
  // The second connection that is allowed is new, and asks for the name; it is not the first that is used again.
  const beside = await sendSome(3);
  finish(200);
  expect(await underWay).toMatchObject({ status: 200, error: null });
  expect(beside).toEqual([0, 3]);
  await old.idle();
});

test('a name that cannot be asked for leaves the connection in use', async () => {
  const { clock, state, sendSome } = await movingName();
  await sendSome(2);
  state.failing = true;
  for (let n = 0; n < 5; n++) {
    clock.advance(30_000);
    expect(await sendSome(3)).toEqual([3, 0]);
  }
  expect(state.asked).toBe(6);
});

test('nor is such a name asked for more often', async () => {
  const { clock, state, sendSome } = await movingName();
  await sendSome(2);
  state.failing = true;
  for (let s = 0; s < 60; s++) {
    clock.advance(1_000);
    await sendSome(2);
  }
  // At the first use, and after 30 and 60 s.
  expect(state.asked).toBe(3);
});

test('a name that has come to lead to a forbidden address ends the connection that it led to before', async () => {
  const { old, clock, state, send, sendSome } = await movingName();
  await sendSome(2);
  state.answer = ['169.254.169.254'];
  clock.advance(30_000);
  await sendSome(1);
  expect((await send()).error).toMatchObject({ kind: 'address-not-allowed' });
  await old.idle();
});

test('no connection is used again after 5 minutes', async () => {
  const { old, clock, sendSome } = await movingName();
  await sendSome(2);
  clock.advance(299_000);
  await sendSome(2);
  expect(old.accepted()).toBe(1);
  clock.advance(1_000);
  await sendSome(2);
  expect(old.accepted()).toBe(2);
});

test('nor is one to an address in place of a name', async () => {
  const receiver = await startReceiver({ host: '127.0.0.1' });
  onTestFinished(receiver.close);
  const clock = new ManualClock();
  const sender = openSender({ connections: 1, clock });
  for (let n = 0; n < 4; n++) {
    await sender.send(exchangeTo(receiver.url));
    clock.advance(150_000);
  }
  expect(receiver.accepted()).toBe(2);
});
