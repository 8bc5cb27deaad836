import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  attempted,
  change,
  deliveryOf,
  ended,
  eventOf,
  reportAll,
  subscribe,
} from '../support/deliveries.js';
import { afterwards, aReceiver, aServer } from '../support/ephemeral.js';
import { refusingUrl } from '../support/receiver.js';
import { rounds } from '../support/rounds.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** That a receiver is down. */
const DAYS = rounds(7, 3);

interface Entity {
  status: string;
  disabled_reason: string | null;
  health: string;
  failing_since: number | null;
  next_probe_at: number | null;
}

const entity = async (server: TestServer, uid: number) =>
  (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json as Entity;
const once = (server: TestServer, uid: number, satisfies: (entity: Entity) => boolean) =>
  until(() => entity(server, uid), satisfies);
const isOpen = ({ health }: Entity) => health === 'open';
const events = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => ({ data: { n: from + n } }));
const numberIn = ({ body }: { body: Buffer }) =>
  (JSON.parse(body.toString()) as { data: { n: number } }).data.n;

/** Lets time pass until the next probe, and waits for what came of it. */
async function probed(server: TestServer, clock: ManualClock, uid: number): Promise<Entity> {
  const { next_probe_at: due } = await entity(server, uid);
  clock.suspend(Math.max(0, (due ?? 0) - clock.now()));
  return once(server, uid, ({ next_probe_at }) => next_probe_at !== due);
}

/** Every state of the deliveries of these events, and how many there are. */
async function statesOf(server: TestServer, ids: readonly number[]): Promise<Record<string, number>> {
  const states: Record<string, number> = {};
  for (const id of ids) {
    for (const { status } of (await eventOf(server, id)).deliveries)
      states[status] = (states[status] ?? 0) + 1;
  }
  return states;
}

/** Advances second by second until all of them are as they should be. */
async function drained(server: TestServer, clock: ManualClock, ids: readonly number[]): Promise<void> {
  for (let second = 0; second < 60; second++) {
    await until(
      () => eventOf(server, ids[0] ?? 0),
      () => true,
    );
    if (((await statesOf(server, ids))['delivered'] ?? 0) === ids.length) return;
    clock.advance(1_000);
  }
  throw new Error(`never drained: ${JSON.stringify(await statesOf(server, ids))}`);
}

describe('a receiver that cannot be reached', () => {
  it('opens the circuit at the third failure: what it is owed is held, and the webhook says since when', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const uid = await subscribe(server, await refusingUrl());
    const ids = await reportAll(server, events(3));

    const open = await once(server, uid, isOpen);

    expect(open).toMatchObject({
      status: 'active',
      disabled_reason: null,
      failing_since: clock.now(),
      next_probe_at: clock.now() + 5_000,
    });
    ids.push(...(await reportAll(server, events(5, 3))));
    await until(
      () => statesOf(server, ids),
      (states) => states['held'] === 8,
    );
  });

  it('is probed at growing intervals by one delivery at a time, by turn, and uses up no retry', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, receiver.url, { max_retries: 1 });
    const ids = await reportAll(server, events(4));
    await once(server, uid, isOpen);
    await receiver.next(4);

    const waits: number[] = [];
    for (let n = 0; n < 6; n++) {
      const { next_probe_at: due } = await entity(server, uid);
      waits.push((due ?? 0) - clock.now());
      await probed(server, clock, uid);
    }

    expect(waits).toEqual([5_000, 15_000, 45_000, 135_000, 300_000, 300_000]);
    const requests = await receiver.next(10);
    expect(receiver.requests).toHaveLength(10);
    // by turn: four probes are four deliveries
    expect(new Set(requests.slice(4, 8).map(numberIn))).toEqual(new Set([0, 1, 2, 3]));
    expect(await statesOf(server, ids)).toEqual({ held: 4 });
    const deliveries = await Promise.all(ids.map(async (id) => (await eventOf(server, id)).deliveries[0]));
    const attempts = deliveries.map((delivery) => delivery?.attempts ?? 0);
    expect(attempts.reduce((sum, one) => sum + one, 0)).toBe(10);
    for (const delivery of deliveries)
      expect((delivery?.max_attempts ?? 0) - (delivery?.attempts ?? 0)).toBe(1);
  });

  it(`loses nothing in ${DAYS} days: each event ends delivered, in order of acceptance, no more than 50 in the first second`, async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, env: { LATCHHOOK_DISABLE_AFTER_HOURS: '1000' } });
    const receiver = await aReceiver({ answer: 502 });
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, events(10));
    await once(server, uid, isOpen);
    for (let hour = 0; hour < DAYS * 24; hour++) {
      if (hour % 12 === 0) ids.push(...(await reportAll(server, events(10, 10 + (hour / 12) * 10))));
      clock.suspend(HOUR);
      const now = clock.now();
      await once(server, uid, ({ next_probe_at }) => (next_probe_at ?? 0) > now);
    }
    expect(await statesOf(server, ids)).toEqual({ held: 10 + DAYS * 20 });

    receiver.answerWith(200);
    const before = receiver.requests.length;
    clock.suspend(5 * MINUTE);
    await once(server, uid, ({ health }) => health === 'draining');
    await receiver.next(before + 51);
    const inFirstSecond = receiver.requests.length - before;
    await drained(server, clock, ids);

    expect(inFirstSecond).toBe(51); // the probe, and 50
    expect(await statesOf(server, ids)).toEqual({ delivered: 10 + DAYS * 20 });
    clock.advance(10_000);
    expect(await once(server, uid, ({ health }) => health === 'healthy')).toMatchObject({
      failing_since: null,
      next_probe_at: null,
    });
  });

  it('is disabled after the time that is set, with the reason, and what it is owed stays held', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, env: { LATCHHOOK_DISABLE_AFTER_HOURS: '2' } });
    const receiver = await aReceiver({ answer: 504 });
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, events(3));
    await once(server, uid, isOpen);
    clock.suspend(HOUR);
    await once(server, uid, ({ next_probe_at }) => (next_probe_at ?? 0) > clock.now());

    clock.suspend(HOUR);

    expect(await once(server, uid, ({ status }) => status === 'disabled')).toMatchObject({
      disabled_reason: 'failing-too-long',
      health: 'healthy',
      next_probe_at: null,
    });
    expect(await statesOf(server, ids)).toEqual({ held: 3 });
    receiver.answerWith(200);
    await change(server, uid, receiver.url);
    clock.advance(5 * MINUTE); // what was probed last waits for its time
    await until(
      () => statesOf(server, ids),
      (states) => states['delivered'] === 3,
    );
  });

  it('that flaps gets each delivery in the end, and every one has its end on record', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, receiver.url, { max_retries: 5 });
    const ids = await reportAll(server, events(30));
    for (let flap = 0; flap < 4; flap++) {
      receiver.answerWith(503);
      ids.push(...(await reportAll(server, events(30, 30 * (flap + 1)))));
      for (let n = 0; n < 40 && !isOpen(await entity(server, uid)); n++) {
        clock.advance(1_000);
        await until(
          () => entity(server, uid),
          () => true,
        );
      }
      await once(server, uid, isOpen);
      receiver.answerWith(200);
      await probed(server, clock, uid);
      await once(server, uid, ({ health }) => health === 'draining');
    }
    for (let n = 0; n < 600; n++) {
      const { pending = 0, retrying = 0, held = 0 } = await statesOf(server, ids.slice(-1));
      const all = n % 20 === 0 ? await statesOf(server, ids) : null;
      if (all?.['delivered'] === ids.length) break;
      if (pending + retrying + held >= 0) clock.advance(1_000);
    }
    expect(await statesOf(server, ids)).toEqual({ delivered: ids.length });
  });
});

describe('an open circuit', () => {
  it('is closed by a new URL, and what it held goes there', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    const uid = await subscribe(server, await refusingUrl());
    const ids = await reportAll(server, events(4));
    await once(server, uid, isOpen);

    await change(server, uid, receiver.url);

    expect(await entity(server, uid)).toMatchObject({ health: 'healthy', failing_since: null });
    clock.advance(10_000);
    await until(
      () => statesOf(server, ids),
      (states) => states['delivered'] === 4,
    );
  });

  it('stays open when something else of the webhook changes', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const url = await refusingUrl();
    const uid = await subscribe(server, url);
    await reportAll(server, events(3));
    const before = await once(server, uid, isOpen);

    await change(server, uid, url, { description: 'the lobby' });

    expect(await entity(server, uid)).toMatchObject({ health: 'open', failing_since: before.failing_since });
    await probed(server, clock, uid);
    expect(await entity(server, uid)).toMatchObject({ health: 'open' });
  });

  it('outlives a restart, and its next probe keeps its time', async () => {
    const clock = new ManualClock();
    const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
    afterwards(async () => rmSync(dataDir, { recursive: true, force: true }));
    const receiver = await aReceiver({ answer: 503 });
    const first = await startTestServer({ clock, env: { LATCHHOOK_DATA_DIR: dataDir } });
    const uid = await subscribe(first, receiver.url);
    const ids = await reportAll(first, events(5));
    await once(first, uid, isOpen);
    await probed(first, clock, uid);
    const before = await entity(first, uid);
    await first.stop();
    const sent = receiver.requests.length;

    const second = await aServer({ clock, env: { LATCHHOOK_DATA_DIR: dataDir } });
    expect(await entity(second, uid)).toEqual(before);
    receiver.answerWith(200);
    clock.suspend(14_000);
    expect(await statesOf(second, ids)).toEqual({ held: 5 });
    expect(receiver.requests).toHaveLength(sent);
    clock.suspend(1_000);
    await drained(second, clock, ids);
  });

  it('is no matter of a poisoned event: the probe of another closes it', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, events(4));
    await once(server, uid, isOpen);
    await receiver.next(4);
    receiver.answerWith((request) => (numberIn(request) === 0 ? 500 : 200));

    for (let n = 0; n < 3 && isOpen(await entity(server, uid)); n++) await probed(server, clock, uid);

    await once(server, uid, ({ health }) => health !== 'open');
    const states = await until(
      async () => {
        clock.advance(1_000);
        return statesOf(server, ids);
      },
      ({ held = 0, pending = 0, retrying = 0 }) => held + pending + retrying === 0,
    );
    expect(states).toEqual({ delivered: 3, failed: 1 });
  });

  it('ends with a 410 to a probe: the delivery failed, and the webhook is disabled', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 503 });
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, events(3));
    await once(server, uid, isOpen);
    receiver.answerWith(410);

    clock.suspend(5_000);

    expect(await once(server, uid, ({ status }) => status === 'disabled')).toMatchObject({
      disabled_reason: 'receiver-gone',
    });
    expect(await statesOf(server, ids)).toEqual({ held: 2, failed: 1 });
  });
});

describe('a poisoned event', () => {
  it('fails alone: its lane goes on, and stays healthy', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: (request) => (numberIn(request) === 3 ? 500 : 200) });
    const uid = await subscribe(server, receiver.url, { max_retries: 5 });
    const ids = await reportAll(server, events(10));
    const poisoned = ids[3] ?? 0;
    for (let n = 1; n <= 5; n++) {
      const delivery = await deliveryOf(server, poisoned, attempted(n));
      clock.advance((delivery.next_attempt_at ?? 0) - clock.now());
    }
    expect(await deliveryOf(server, poisoned, ended)).toMatchObject({ status: 'failed', attempts: 6 });
    expect(await statesOf(server, ids)).toEqual({ delivered: 9, failed: 1 });
    expect(await entity(server, uid)).toMatchObject({ health: 'healthy' });
  });
});
