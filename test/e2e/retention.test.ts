import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { deliveryOf, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import type { TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const DAY = 24 * 3_600_000;
const YEAR = 365 * DAY;

const aSite = async (env: Record<string, string> = {}) => {
  const clock = new ManualClock();
  const server = await aServer({ clock, env });
  const receiver = await aReceiver();
  return { clock, server, receiver };
};

const listed = async (server: TestServer, path: string): Promise<{ total: number; uids: number[] }> => {
  const { json } = await server.admin('GET', `/api/v1/${path}`);
  const page = json as Record<string, { pagination: { total_items: number } }> & { list_items: Item[] };
  const options = page['list_options'] ?? page['list_option'];
  return {
    total: options?.pagination.total_items ?? -1,
    uids: page.list_items.map((item) => item.item_uid ?? item.event_id ?? -1),
  };
};
interface Item {
  item_uid?: number;
  event_id?: number;
}

describe('history', () => {
  it('is cut half a year after it ended, while deliveries go on', async () => {
    const { clock, server, receiver } = await aSite();
    await subscribe(server, receiver.url);
    const [first = 0] = await reportAll(server, Array(200).fill({}));
    const last = (await reportAll(server, Array(200).fill({}))).at(-1) ?? 0;
    await deliveryOf(server, first, ended);
    await deliveryOf(server, last, ended);
    await until(
      async () => receiver.requests.length,
      (count) => count === 400,
    );
    await until(
      () => listed(server, 'webhooks/events?filter_field=status&filter_value=delivered'),
      ({ total }) => total === 400,
    );
    expect((await server.admin('GET', `/api/v1/webhooks/events/${first}`)).status).toBe(200);

    clock.suspend(181 * DAY);
    const young = await report(server);
    await deliveryOf(server, young, ended);
    expect((await listed(server, 'log/items')).total).toBe(401);

    // The day goes by; what a timer begins ends in its own time.
    clock.suspend(DAY);
    await until(
      () => listed(server, 'webhooks/events'),
      ({ total }) => total === 1,
    );

    expect(await listed(server, 'webhooks/events')).toEqual({ total: 1, uids: [young] });
    expect((await listed(server, 'log/items')).total).toBe(1);
    expect(await listed(server, 'events?cursor=&limit=50')).toMatchObject({ uids: [young] });
    for (const path of [`webhooks/events/${first}`, `webhooks/events/${last}/resend`]) {
      const answer = await server.admin(path.endsWith('resend') ? 'POST' : 'GET', `/api/v1/${path}`);
      expect([answer.status, answer.json]).toEqual([400, { error: 'Wrong webhook event uid' }]);
    }
    const event = await server.admin('GET', `/api/v1/events/${first}`);
    expect([event.status, event.json]).toEqual([400, { error: 'Wrong event id' }]);
    const all = `from=0&to=${clock.now()}`;
    const dashboard = await server.admin('GET', `/api/v1/webhooks/events/retry/dashboard?${all}`);
    expect(dashboard.json).toMatchObject({ delivered: 1, success_rate: 100 });
    const next = await report(server);
    expect(next).toBeGreaterThan(young);
    expect(await deliveryOf(server, next, ended)).toMatchObject({ status: 'delivered' });
    expect((await listed(server, 'audit')).total).toBeGreaterThan(0);
  });

  it('stays for ever where it is wished so', async () => {
    const { clock, server, receiver } = await aSite({ LATCHHOOK_RETENTION_DAYS: '0' });
    await subscribe(server, receiver.url);
    const id = await report(server);
    await deliveryOf(server, id, ended);

    for (let day = 0; day < 3; day++) clock.suspend(YEAR);

    const later = await report(server);
    await deliveryOf(server, later, ended);
    expect(await listed(server, 'webhooks/events')).toEqual({ total: 2, uids: [later, id] });
  });

  it('is not cut by a clock that was set forward while the server ran', async () => {
    const { clock, server, receiver } = await aSite({ LATCHHOOK_RETENTION_DAYS: '10' });
    await subscribe(server, receiver.url);
    const id = await report(server);
    await deliveryOf(server, id, ended);

    clock.jump(YEAR);
    clock.suspend(2 * DAY);
    const later = await report(server);
    await deliveryOf(server, later, ended);
    expect((await listed(server, 'webhooks/events')).total).toBe(2);

    // The pipeline is alive: it goes when as much time has passed.
    clock.suspend(9 * DAY);
    await until(
      () => listed(server, 'webhooks/events'),
      ({ uids }) => !uids.includes(id),
    );
    expect((await listed(server, 'webhooks/events')).uids).toEqual([later]);
  });
});
