import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  change,
  type DeliveryItem,
  deliveryOf,
  ended,
  eventOf,
  report,
  reportAll,
  subscribe,
  webhook,
} from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';

const HOUR = 3_600_000;
const EXPIRED = { status: 'expired', reason: 'held-too-long', attempts: 0 };
const DISABLED = { status: 'disabled' };

const aSite = async (env: Record<string, string> = {}) => {
  const clock = new ManualClock();
  const server = await aServer({ clock, env });
  const receiver = await aReceiver();
  return { clock, server, receiver };
};

describe('what a disabled webhook holds', () => {
  it('expires a day after it was accepted, whether the webhook is enabled later or not', async () => {
    const { clock, server, receiver } = await aSite();
    await subscribe(server, receiver.url, DISABLED);
    const old = await report(server);
    clock.suspend(23 * HOUR);
    const young = await report(server);
    expect((await eventOf(server, old)).deliveries).toMatchObject([{ status: 'held', reason: null }]);

    clock.suspend(HOUR);

    expect(await deliveryOf(server, old, ended)).toMatchObject(EXPIRED);
    expect((await eventOf(server, young)).deliveries).toMatchObject([{ status: 'held' }]);
    expect(receiver.requests).toEqual([]);
  });

  it('is released by enabling, oldest first, but for what is too old by then', async () => {
    const { clock, server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, DISABLED);
    // More than are swept, or claimed, at once; and the clock stands still, so that no sweep is due by itself.
    const old = await reportAll(server, Array(700).fill({}));
    clock.jump(23 * HOUR);
    const young = await reportAll(server, Array(5).fill({}));
    clock.jump(HOUR);

    await change(server, uid, receiver.url, { ordered: true });

    for (const id of young) await deliveryOf(server, id, ended);
    for (const id of [old[0] ?? 0, old[699] ?? 0]) {
      expect(await deliveryOf(server, id, ended)).toMatchObject(EXPIRED);
    }
    const ids = receiver.requests.map(({ body }) => JSON.parse(body.toString()).event_id);
    expect(ids).toEqual(young);
  });

  it('expires all of it with "held": "expire", and nothing that comes after', async () => {
    const { server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, DISABLED);
    const held = await reportAll(server, Array(30).fill({}));

    await change(server, uid, receiver.url, { held: 'expire' });
    const fresh = await report(server);

    expect(await deliveryOf(server, fresh, ended)).toMatchObject({ status: 'delivered' });
    for (const id of held) expect(await deliveryOf(server, id, ended)).toMatchObject(EXPIRED);
    expect(receiver.requests).toHaveLength(1);
    const entity = await server.admin('GET', `/api/v1/webhooks/${uid}`);
    expect(entity.json).not.toHaveProperty('held');
  });

  it('can be sent again once it has expired, and ages from then', async () => {
    const { clock, server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, DISABLED);
    const eventId = await report(server);
    clock.suspend(24 * HOUR);
    const { item_uid: delivery } = await deliveryOf(server, eventId, ended);

    await server.admin('POST', `/api/v1/webhooks/events/${delivery}/resend`);
    clock.suspend(23 * HOUR);
    await change(server, uid, receiver.url);

    const again = await deliveryOf(server, eventId, ended);
    expect(again).toMatchObject({ status: 'delivered', reason: 'success', attempts: 1 });
    expect(receiver.requests[0]?.headers['x-webhook-resend']).toBe('1');
  });

  it('is held for as long as LATCHHOOK_HELD_HOURS says', async () => {
    const { clock, server, receiver } = await aSite({ LATCHHOOK_HELD_HOURS: '1' });
    await subscribe(server, receiver.url, DISABLED);
    const eventId = await report(server);
    clock.suspend(HOUR);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject(EXPIRED);
  });

  it('has no limit where an open circuit holds it', async () => {
    const { clock, server, receiver } = await aSite();
    receiver.answerWith(503);
    await subscribe(server, receiver.url);
    const ids = await reportAll(server, Array(4).fill({}));
    await receiver.next(4);
    const first = async () => (await eventOf(server, ids[0] ?? 0)).deliveries[0] as DeliveryItem;
    await deliveryOf(server, ids[0] ?? 0, ({ status }) => status === 'held');
    receiver.answerWith(200);

    clock.suspend(72 * HOUR);

    for (const id of ids) expect(await deliveryOf(server, id, ended)).toMatchObject({ status: 'delivered' });
    expect(await first()).toMatchObject({ reason: 'success' });
  });
});

describe('the member `held` of a PUT', () => {
  it('is judged behind all others', async () => {
    const { server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, DISABLED);
    const put = async (members: Record<string, unknown>) => {
      const body = webhook(receiver.url, { ...DISABLED, ...members });
      const { status, json } = await server.admin('PUT', `/api/v1/webhooks/${uid}`, body);
      return [status, (json as { error?: string }).error];
    };
    expect(await put({ held: 'drop' })).toEqual([400, "Held must be 'release' or 'expire'"]);
    expect(await put({ held: 1 })).toEqual([400, 'Wrong JSON body: value held was of the wrong type']);
    expect(await put({ held: 'drop', max_age: 0 })).toEqual([400, 'Max age must be between 1 and 31536000']);
    for (const held of ['release', 'expire', null]) expect(await put({ held })).toEqual([200, undefined]);
  });

  it('is nothing to a webhook that is made', async () => {
    const { server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, { held: 'drop' });
    expect((await server.admin('GET', `/api/v1/webhooks/${uid}`)).json).toMatchObject({ status: 'active' });
  });
});
