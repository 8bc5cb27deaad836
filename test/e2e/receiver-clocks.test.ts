import { expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import type { TestServer } from '../support/server.js';

const MINUTE = 60_000;
const TYPES = ['log.door_was_opened', 'log.door_was_closed', 'log.tamper_event', 'log.incoming_call'];

/** Receivers whose clocks are ahead of the test's by so much, ms, each subscribed to a type of event of its own. */
async function site(clock: ManualClock, aheads: readonly (number | 'no date')[]) {
  const server = await aServer({ clock });
  for (const [index, ahead] of aheads.entries()) {
    const date = () => new Date(clock.now() + Number(ahead)).toUTCString();
    const headers = () => (ahead === 'no date' ? { Date: 'yesterday' } : { Date: date() });
    const receiver = await aReceiver({ answer: () => ({ status: 200, headers: headers() }) });
    await subscribe(server, receiver.url, { event_types: [TYPES[index]] });
  }
  return server;
}

async function deliver(server: TestServer, count: number): Promise<void> {
  for (const event_type of TYPES.slice(0, count))
    await deliveryOf(server, await report(server, { event_type }), ended);
}

const clockOf = async (server: TestServer) =>
  ((await server.admin('GET', '/api/v1/system')).json as { clock: unknown }).clock;

test('a clock that differs from those of three receivers by more than a minute is said, until it is set', async () => {
  const wrong = new ManualClock();
  const behind = await site(wrong, [10 * MINUTE, 10 * MINUTE, 10 * MINUTE]);
  await deliver(behind, 2);
  expect(await clockOf(behind)).toEqual({ off: false, ahead_ms: null, receivers: 2 });
  await deliver(behind, 3);
  expect(await clockOf(behind)).toEqual({ off: true, ahead_ms: -10 * MINUTE, receivers: 3 });

  // Set right, what was heard before says nothing any more.
  wrong.jump(10 * MINUTE);
  expect(await clockOf(behind)).toEqual({ off: false, ahead_ms: null, receivers: 0 });
});

test('one receiver with a wrong clock, or with none, raises no alarm', async () => {
  const clock = new ManualClock();
  const server = await site(clock, [0, 24 * 60 * MINUTE, 0, 'no date']);

  await deliver(server, 4);

  expect(await clockOf(server)).toEqual({ off: false, ahead_ms: 0, receivers: 3 });
});

test('a clock is right again when receivers say so, also where they were wrong', async () => {
  const clock = new ManualClock();
  const server = await aServer({ clock });
  let ahead = -2 * MINUTE;
  for (const event_type of TYPES.slice(0, 3)) {
    const answer = () => ({
      status: 200,
      headers: { Date: new Date(clock.now() + ahead).toUTCString() },
    });
    await subscribe(server, (await aReceiver({ answer })).url, { event_types: [event_type] });
  }
  await deliver(server, 3);
  expect(await clockOf(server)).toMatchObject({ off: true, receivers: 3 });

  ahead = 0;
  clock.advance(10_000);
  await deliver(server, 3);

  expect(await clockOf(server)).toEqual({ off: false, ahead_ms: 0, receivers: 3 });
});

test('what was heard more than an hour ago does not count', async () => {
  const clock = new ManualClock();
  const server = await site(clock, [-2 * MINUTE, -2 * MINUTE, -2 * MINUTE]);
  await deliver(server, 3);
  expect(await clockOf(server)).toMatchObject({ off: true, receivers: 3 });

  clock.suspend(60 * MINUTE);

  expect(await clockOf(server)).toEqual({ off: false, ahead_ms: null, receivers: 0 });
});
