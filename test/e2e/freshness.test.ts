import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { attempted, change, deliveryOf, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function aSite(answer = 200): Promise<{ clock: ManualClock; server: TestServer; receiver: Receiver }> {
  const clock = new ManualClock();
  const server = await startTestServer({ clock });
  closers.push(() => server.stop());
  const receiver = await startReceiver({ answer });
  closers.push(() => receiver.close());
  return { clock, server, receiver };
}

const MAX_AGE = { max_age: 60 };

describe('a greatest age', () => {
  it('ends what is older instead of sending it, however long it was held', async () => {
    const { clock, server, receiver } = await aSite();
    const uid = await subscribe(server, receiver.url, { ...MAX_AGE, status: 'disabled' });
    const old = await reportAll(server, Array(700).fill({}));
    clock.suspend(30_000);
    const young = await report(server);
    clock.suspend(30_001);

    await change(server, uid, receiver.url, MAX_AGE);

    expect(await deliveryOf(server, young, ended)).toMatchObject({ status: 'delivered' });
    for (const id of [old[0] ?? 0, old[699] ?? 0]) {
      expect(await deliveryOf(server, id, ended)).toMatchObject({ status: 'expired', attempts: 0 });
    }
    expect(receiver.requests).toHaveLength(1);
    expect(receiver.requests[0]?.headers['x-webhook-event-age']).toBe('30');
  });

  it('counts from when the event happened, not from when it was told', async () => {
    const { clock, server, receiver } = await aSite();
    await subscribe(server, receiver.url, MAX_AGE);
    const late = await report(server, { created_at: clock.now() - 60_001 });
    const intime = await report(server, { created_at: clock.now() - 60_000 });
    const early = await report(server, { created_at: clock.now() + 3_600_000 });

    expect(await deliveryOf(server, late, ended)).toMatchObject({ status: 'expired', attempts: 0 });
    expect(await deliveryOf(server, intime, ended)).toMatchObject({ status: 'delivered' });
    expect(await deliveryOf(server, early, ended)).toMatchObject({ status: 'delivered' });
    const requests = await receiver.next(2);
    expect(requests.map(({ headers }) => headers['x-webhook-event-age']).sort()).toEqual(['0', '60']);
  });

  it('ends a delivery that became too old while it waited for its retry; the record shows the age that was sent', async () => {
    const { clock, server, receiver } = await aSite(500);
    await subscribe(server, receiver.url, { ...MAX_AGE, max_retries: 5 });
    const id = await report(server);
    const first = await deliveryOf(server, id, attempted(1));
    clock.advance((first.next_attempt_at ?? 0) - clock.now());
    const second = await deliveryOf(server, id, attempted(2));
    const age = Number(receiver.requests[1]?.headers['x-webhook-event-age']);
    expect(second.attempt_log[1]?.request_headers).toContain(`X-Webhook-Event-Age: ${age}`);
    expect(age).toBeGreaterThanOrEqual(4);

    clock.suspend(61_000);

    expect(await deliveryOf(server, id, ended)).toMatchObject({ status: 'expired', attempts: 2 });
    expect(receiver.requests).toHaveLength(2);
  });

  it('ends what an open circuit held too long, and the young ones are delivered', async () => {
    const { clock, server, receiver } = await aSite(503);
    const uid = await subscribe(server, receiver.url, MAX_AGE);
    const old = await reportAll(server, Array(5).fill({}));
    const health = async () =>
      (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json as { health: string };
    await until(health, (entity) => entity.health === 'open');
    await receiver.next(5);
    receiver.answerWith(200);

    clock.suspend(61_000);
    const young = await report(server);

    expect(await deliveryOf(server, young, ended)).toMatchObject({ status: 'delivered', attempts: 1 });
    for (const id of old) expect(await deliveryOf(server, id, ended)).toMatchObject({ status: 'expired' });
  });

  it('is applied in order too: an old first one makes way', async () => {
    const { clock, server, receiver } = await aSite();
    await subscribe(server, receiver.url, { ...MAX_AGE, ordered: true });
    const ids = await reportAll(server, [{ created_at: clock.now() - 90_000 }, {}, { created_at: 1 }, {}]);
    const states = await Promise.all(ids.map(async (id) => (await deliveryOf(server, id, ended)).status));
    expect(states).toEqual(['expired', 'delivered', 'expired', 'delivered']);
  });
});
