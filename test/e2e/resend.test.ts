import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  attempted,
  change,
  type DeliveryItem,
  deliveryOf,
  ended,
  eventOf,
  report,
  subscribe,
} from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import { ADMIN_PASSWORD, basic, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const resend = (server: TestServer, uid: number | string) =>
  server.admin('POST', `/api/v1/webhooks/events/${uid}/resend`);

async function failed(server: TestServer, eventId: number, clock: ManualClock): Promise<DeliveryItem> {
  return until(
    async () => {
      const delivery = (await eventOf(server, eventId)).deliveries[0] as DeliveryItem;
      // Only while it waits: a node that sees hours pass between two heartbeats is dead to the others.
      if (delivery.status === 'retrying' && Number(delivery.next_attempt_at) > clock.now())
        clock.advance(Number(delivery.next_attempt_at) - clock.now());
      return delivery;
    },
    (delivery) => ended(delivery),
  );
}

const aSite = async (answer: number) => {
  const clock = new ManualClock();
  const server = await aServer({ clock });
  const receiver = await aReceiver({ answer });
  return { clock, server, receiver };
};

describe('sending a delivery again', () => {
  it('keeps its webhook-id, counts on, says that it is a resend, and has all its retries', async () => {
    const { clock, server, receiver } = await aSite(400);
    await subscribe(server, receiver.url, { max_retries: 1 });
    const eventId = await report(server);
    const first = await failed(server, eventId, clock);
    expect(first).toMatchObject({ status: 'failed', reason: 'retries-exhausted', attempts: 2 });

    const answer = await resend(server, first.item_uid);

    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({ item_uid: first.item_uid, reason: null, max_attempts: 4 });
    await receiver.next(3);
    receiver.answerWith(200);
    const again = await failed(server, eventId, clock);
    expect(again).toMatchObject({ status: 'delivered', reason: 'success', attempts: 4 });
    const requests = await receiver.next(4);
    const told = (name: string) => requests.map(({ headers }) => headers[name]);
    expect(new Set(told('webhook-id')).size).toBe(1);
    expect(told('x-webhook-attempt')).toEqual(['1', '2', '3', '4']);
    expect(told('x-webhook-resend')).toEqual([undefined, undefined, '1', '1']);
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1);
    const headers = again.attempt_log.map(({ request_headers }) =>
      /X-Webhook-Resend: 1/.test(request_headers),
    );
    expect(headers).toEqual([false, false, true, true]);
  });

  it('sends one that was delivered once more', async () => {
    const { server, receiver } = await aSite(200);
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    const { item_uid: uid } = await deliveryOf(server, eventId, ended);

    await resend(server, uid);

    const delivery = await deliveryOf(server, eventId, attempted(2));
    expect(delivery).toMatchObject({ status: 'delivered' });
    const dashboard = await server.admin('GET', '/api/v1/webhooks/events/retry/dashboard');
    expect(dashboard.json).toEqual({ success_rate: 100, delivered: 1, failed: 0, retrying: 0 });
  });

  it('makes the next attempt of one in the retry queue now', async () => {
    const { server, receiver } = await aSite(400);
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    const waiting = await deliveryOf(server, eventId, attempted(1));
    expect(waiting.status).toBe('retrying');
    receiver.answerWith(200);

    expect((await resend(server, waiting.item_uid)).status).toBe(200); // the clock does not move

    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(receiver.requests[1]?.headers).not.toHaveProperty('x-webhook-resend');
  });

  it('counts in the dashboard by what becomes of it, and not while it waits for its first attempt', async () => {
    const { clock, server, receiver } = await aSite(400);
    const uid = await subscribe(server, receiver.url, { max_retries: 1 });
    const { item_uid: delivery } = await failed(server, await report(server), clock);
    const counts = async () => {
      const { json } = await server.admin('GET', '/api/v1/webhooks/events/retry/dashboard?from=0');
      const { delivered, failed: lost, retrying } = json as Record<string, number>;
      return { delivered, failed: lost, retrying };
    };
    expect(await counts()).toEqual({ delivered: 0, failed: 1, retrying: 0 });
    await change(server, uid, receiver.url, { max_retries: 1, status: 'disabled' });

    const held = await resend(server, delivery);

    expect(held.json).toMatchObject({ status: 'held', next_attempt_at: null });
    expect(await counts()).toEqual({ delivered: 0, failed: 0, retrying: 0 });
    await change(server, uid, receiver.url, { max_retries: 1 });
    await until(counts, ({ retrying }) => retrying === 1);
    expect(receiver.requests).toHaveLength(3);
  });

  it('takes its old place in an ordered lane', async () => {
    const { clock, server, receiver } = await aSite(400);
    const uid = await subscribe(server, receiver.url, { ordered: true, max_retries: 1 });
    const early = await report(server);
    const { item_uid: delivery } = await failed(server, early, clock);
    await change(server, uid, receiver.url, { ordered: true, max_retries: 1, status: 'disabled' });
    const late = await report(server);
    receiver.answerWith(200);
    await resend(server, delivery);

    await change(server, uid, receiver.url, { ordered: true, max_retries: 1 });

    await deliveryOf(server, late, ended);
    const ids = receiver.requests.map(({ body }) => JSON.parse(body.toString()).event_id);
    expect(ids).toEqual([early, early, early, late]);
  });

  it('says in the audit trail who wanted it', async () => {
    const { server, receiver } = await aSite(200);
    await subscribe(server, receiver.url);
    const { item_uid: uid } = await deliveryOf(server, await report(server), ended);
    await resend(server, uid);
    const { json } = await server.admin(
      'GET',
      '/api/v1/audit?filter_field=action&filter_value=delivery.resent',
    );
    expect((json as { list_items: unknown[] }).list_items).toMatchObject([
      { actor_name: 'admin', target_uid: uid, before: { status: 'delivered' }, after: { status: 'pending' } },
    ]);
  });

  it('is refused where it cannot be done', async () => {
    const { clock, server, receiver } = await aSite(200);
    const uid = await subscribe(server, receiver.url);
    const { item_uid: delivery } = await deliveryOf(server, await report(server), ended);
    const refused = async (text: string, item: number | string = delivery) => {
      const answer = await resend(server, item);
      expect([answer.status, answer.json]).toEqual([400, { error: text }]);
    };
    await refused('Wrong webhook event uid', 99);
    await refused('Wrong webhook event uid', 'x');
    const tested = await server.call('POST', `/api/v1/webhooks/${uid}/test`, {
      headers: { authorization: basic('admin', ADMIN_PASSWORD), accept: 'application/json' },
    });
    await refused('Test cannot be resent or cancelled', (tested.json as DeliveryItem).item_uid);
    clock.advance(2_000);
    await change(server, uid, receiver.url, { max_age: 1 });
    await refused('Event is older than the max age of the webhook');
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
    await refused('Webhook was deleted');
    expect(receiver.requests).toHaveLength(2);
  });
});
