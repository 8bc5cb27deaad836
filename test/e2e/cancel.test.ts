import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { attempted, change, deliveryOf, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import type { TestServer } from '../support/server.js';

const cancel = (server: TestServer, uid: number) =>
  server.admin('POST', `/api/v1/webhooks/events/${uid}/cancel`);

/** An answer that is held back until `let` is called. */
function heldBack(status: number): { answer: () => Promise<number>; let: () => void } {
  let open = (_: number) => {};
  const answer = new Promise<number>((resolve) => {
    open = resolve;
  });
  return { answer: () => answer, let: () => open(status) };
}

const CANCELLED = { status: 'cancelled', reason: 'cancelled-by-user', next_attempt_at: null };

describe('cancelling a delivery', () => {
  it('ends one that waits for its retry: nothing is sent any more', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 400 });
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    const { item_uid: uid } = await deliveryOf(server, eventId, attempted(1));

    const answer = await cancel(server, uid);

    expect([answer.status, answer.json]).toMatchObject([200, { item_uid: uid, ...CANCELLED }]);
    receiver.answerWith(200);
    clock.advance(3_600_000);
    const next = await report(server);
    await deliveryOf(server, next, ended);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ ...CANCELLED, attempts: 1 });
    expect(receiver.requests).toHaveLength(2);
  });

  it('ends one whose attempt is under way, and that outcome counts no more', async () => {
    const server = await aServer();
    const held = heldBack(200);
    const receiver = await aReceiver({ answer: held.answer });
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    await receiver.next(1);
    const { item_uid: uid } = await deliveryOf(server, eventId, () => true);

    expect((await cancel(server, uid)).status).toBe(200);
    held.let();

    const next = await report(server);
    expect(await deliveryOf(server, next, ended)).toMatchObject({ status: 'delivered' });
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({
      ...CANCELLED,
      attempts: 0,
      attempt_log: [],
    });
  });

  it('ends one that is in hand and has not begun', async () => {
    const server = await aServer();
    const held = heldBack(200);
    const receiver = await aReceiver({ answer: held.answer });
    await subscribe(server, receiver.url, { ordered: true });
    const [first = 0, second = 0, third = 0] = await reportAll(server, [{}, {}, {}]);
    await receiver.next(1);
    const { item_uid: uid } = await deliveryOf(server, second, () => true);

    await cancel(server, uid);
    held.let();

    expect(await deliveryOf(server, third, ended)).toMatchObject({ status: 'delivered' });
    expect(await deliveryOf(server, second, ended)).toMatchObject({ ...CANCELLED, attempts: 0 });
    const ids = receiver.requests.map(({ body }) => JSON.parse(body.toString()).event_id);
    expect(ids).toEqual([first, third]);
  });

  it('lets the next of an ordered lane go when its first is cancelled', async () => {
    const server = await aServer({ clock: new ManualClock() });
    const receiver = await aReceiver({ answer: 400 });
    await subscribe(server, receiver.url, { ordered: true });
    const [first = 0, second = 0] = await reportAll(server, [{}, {}]);
    const { item_uid: uid } = await deliveryOf(server, first, attempted(1));
    receiver.answerWith(200);

    await cancel(server, uid);

    expect(await deliveryOf(server, second, ended)).toMatchObject({ status: 'delivered' });
  });

  it('ends one that a disabled webhook holds, which can be sent again', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    const webhookUid = await subscribe(server, receiver.url, { status: 'disabled' });
    const eventId = await report(server);
    const { item_uid: uid } = await deliveryOf(server, eventId, ({ status }) => status === 'held');

    await cancel(server, uid);
    await change(server, webhookUid, receiver.url);
    const other = await report(server);
    await deliveryOf(server, other, ended);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject(CANCELLED);

    await server.admin('POST', `/api/v1/webhooks/events/${uid}/resend`);
    expect(await deliveryOf(server, eventId, attempted(1))).toMatchObject({ reason: 'success' });
  });

  it('is refused where there is nothing to end', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    await subscribe(server, receiver.url);
    const { item_uid: uid } = await deliveryOf(server, await report(server), ended);
    const done = await cancel(server, uid);
    expect([done.status, done.json]).toEqual([400, { error: 'Webhook event has ended' }]);
    const unknown = await cancel(server, 77);
    expect([unknown.status, unknown.json]).toEqual([400, { error: 'Wrong webhook event uid' }]);
  });
});
