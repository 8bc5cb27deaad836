import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import {
  change,
  deliveryOf,
  EVENT_TYPE,
  ended,
  eventOf,
  report,
  reportAll,
  subscribe,
} from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import type { Receiver } from '../support/receiver.js';
import type { TestServer } from '../support/server.js';
import { until } from '../support/until.js';

interface Resend {
  item_uid: number;
  state: string;
  total: number;
  done: number;
  skipped: number;
  ended_at: number | null;
}

const post = (server: TestServer, body: unknown) => server.admin('POST', '/api/v1/resends', body);
const resendOf = async (server: TestServer, uid: number) =>
  (await server.admin('GET', `/api/v1/resends/${uid}`)).json as Resend;

async function start(server: TestServer, body: Record<string, unknown>): Promise<number> {
  const { json, text } = await post(server, body);
  const { item_uid: uid } = json as Resend;
  if (!uid) throw new Error(`no resend: ${text}`);
  return uid;
}

/** 410 ends each at once, and disables the webhook; it is enabled again. */
async function lost(server: TestServer, receiver: Receiver, count: number, members = {}): Promise<number[]> {
  receiver.answerWith(410);
  const ids: number[] = [];
  const { list_items: webhooks } = (await server.admin('GET', '/api/v1/webhooks')).json as {
    list_items: { item_uid: number }[];
  };
  const uid = webhooks[0]?.item_uid ?? 0;
  for (let left = count; left > 0; left--) {
    const id = await report(server, members);
    await deliveryOf(server, id, ended);
    await change(server, uid, receiver.url);
    ids.push(id);
  }
  receiver.answerWith(200);
  return ids;
}

const aSite = async () => {
  const server = await aServer();
  const receiver = await aReceiver();
  return { server, receiver, uid: await subscribe(server, receiver.url) };
};

describe('a bulk resend', () => {
  it('counts first, sends all that failed once more, and tells its progress', async () => {
    const { server, receiver, uid } = await aSite();
    await deliveryOf(server, await report(server), ended);
    const ids = await lost(server, receiver, 5);
    const before = receiver.requests.length;
    const dry = await post(server, { webhook_uid: uid, dry_run: true });
    expect([dry.status, dry.json]).toEqual([200, { item_uid: null, total: 5 }]);

    const started = await post(server, { webhook_uid: uid });

    expect([started.status, started.json]).toEqual([200, { item_uid: 1, total: 5 }]);
    const done = await until(
      () => resendOf(server, 1),
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({
      total: 5,
      done: 5,
      skipped: 0,
      statuses: ['failed', 'expired'],
      started_by: 'admin',
    });
    expect(done.ended_at).not.toBeNull();
    for (const id of ids) {
      const delivery = await deliveryOf(server, id, ended);
      expect(delivery).toMatchObject({ status: 'delivered', attempts: 2 });
    }
    const again = receiver.requests.slice(before);
    expect(again.map(({ headers }) => headers['x-webhook-resend'])).toEqual(Array(5).fill('1'));
    expect((await post(server, { webhook_uid: uid, dry_run: true })).json).toMatchObject({ total: 0 });
  });

  it('goes by type, source and time', async () => {
    const { server, uid } = await aSite();
    const ids = await reportAll(server, [{ source: 'north' }, { source: 'south' }, {}]);
    for (const id of ids) await deliveryOf(server, id, ended);
    const { accepted_at: at } = await eventOf(server, ids[0] ?? 0);
    const count = async (filter: Record<string, unknown>) => {
      const body = { webhook_uid: uid, statuses: ['delivered'], dry_run: true, ...filter };
      return ((await post(server, body)).json as Resend).total;
    };
    expect(await count({})).toBe(3);
    expect(await count({ sources: ['north', 'south'] })).toBe(2);
    expect(await count({ event_types: [EVENT_TYPE] })).toBe(3);
    expect(await count({ event_types: ['log.door_was_opened'] })).toBe(0);
    expect(await count({ from: at, to: at + 10_000 })).toBe(3);
    expect(await count({ to: at - 1 })).toBe(0);
  });

  it('sends a range of events to a webhook that was made later, each once', async () => {
    const { server, receiver, uid } = await aSite();
    const ids = await reportAll(server, Array(20).fill({}));
    await reportAll(server, [{ event_type: 'log.door_was_opened' }]);
    const late = await aReceiver();
    const lateUid = await subscribe(server, late.url);

    const body = { webhook_uid: lateUid, mode: 'events' };
    expect((await post(server, { ...body, dry_run: true })).json).toMatchObject({ total: 20 });
    const job = await start(server, body);

    await late.next(20);
    const done = await until(
      () => resendOf(server, job),
      ({ state }) => state === 'done',
    );
    expect(done).toMatchObject({ done: 20, skipped: 0, event_types: [EVENT_TYPE] });
    const sent = late.requests.map((request) => JSON.parse(request.body.toString()).event_id);
    expect(sent.sort((a, b) => a - b)).toEqual(ids);
    expect(new Set(late.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(20);
    const event = await until(
      () => eventOf(server, ids[0] ?? 0),
      ({ deliveries }) => deliveries.every(ended),
    );
    expect(event.deliveries).toMatchObject([
      { webhook_uid: uid, status: 'delivered' },
      { webhook_uid: lateUid, status: 'delivered', attempts: 1 },
    ]);
    expect(receiver.requests).toHaveLength(20);
  });

  it('waits while its webhook is disabled, floods nobody, and is cancelled with what it sent', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url);
    const ids = await reportAll(server, Array(600).fill({}));
    await receiver.next(600);
    for (const id of [ids[0] ?? 0, ids[599] ?? 0]) await deliveryOf(server, id, ended);
    await change(server, uid, receiver.url, { status: 'disabled' });
    const job = await start(server, { webhook_uid: uid, statuses: ['delivered'] });
    clock.advance(10_000);
    expect(await resendOf(server, job)).toMatchObject({ state: 'running', total: 600, done: 0 });

    // Nothing ends while the receiver does not answer: then what is open stays few.
    receiver.answerWith(() => new Promise(() => {}));
    await change(server, uid, receiver.url);
    const full = await until(
      async () => {
        clock.advance(1_000);
        return resendOf(server, job);
      },
      ({ done }) => done > 0,
    );
    clock.advance(1_000);
    expect(full.done).toBeLessThanOrEqual(256);
    expect(await resendOf(server, job)).toMatchObject({ done: full.done });

    expect((await server.admin('DELETE', `/api/v1/resends/${job}`)).json).toEqual({});
    expect(await resendOf(server, job)).toMatchObject({ state: 'cancelled', done: full.done, total: 600 });
    const twice = await server.admin('DELETE', `/api/v1/resends/${job}`);
    expect([twice.status, twice.json]).toEqual([400, { error: 'Resend has ended' }]);
  });

  it('is listed newest first, all or by state', async () => {
    const { server, uid } = await aSite();
    const first = await start(server, { webhook_uid: uid });
    const second = await start(server, { webhook_uid: uid, mode: 'events' });
    const list = async (query: string) => {
      const { json } = await server.admin('GET', `/api/v1/resends${query}`);
      return (json as { list_items: Resend[] }).list_items.map(({ item_uid }) => item_uid);
    };
    expect(await list('')).toEqual([second, first]);
    expect(await list('?sort_type=asc')).toEqual([first, second]);
    await until(
      () => list('?filter_field=state&filter_value=done'),
      (done) => done.length === 2,
    );
    expect(await list('?filter_field=state&filter_value=cancelled')).toEqual([]);
    const wrong = await server.admin('GET', '/api/v1/resends?filter_field=state&filter_value=x');
    expect(wrong.json).toEqual({ error: 'Wrong filter value' });
  });

  it('is refused by the first rule that is broken', async () => {
    const { server, uid } = await aSite();
    const refused = async (body: unknown, text: string) => {
      const { status, json } = await post(server, body);
      expect([status, json]).toEqual([400, { error: text }]);
    };
    await refused({}, 'Wrong JSON body: no value for webhook_uid');
    await refused({ webhook_uid: '1' }, 'Wrong JSON body: value webhook_uid was of the wrong type');
    await refused({ webhook_uid: 99 }, 'Wrong webhook uid');
    const one = { webhook_uid: uid };
    await refused({ ...one, mode: 'all' }, "Mode must be 'deliveries' or 'events'");
    await refused({ ...one, mode: 'events', statuses: ['failed'] }, "Statuses are not for mode 'events'");
    const statuses = "Statuses must be 'delivered', 'failed', 'cancelled' or 'expired'";
    await refused({ ...one, statuses: ['pending'] }, statuses);
    await refused({ ...one, statuses: [] }, statuses);
    await refused({ ...one, event_types: ['log.nothing'] }, 'Invalid event types');
    await refused({ ...one, sources: [] }, 'Sources must be 1 to 100 of 1 to 64 characters');
    await refused({ ...one, from: -1 }, 'Wrong time format');
    await refused({ ...one, from: 5, to: 5 }, "Wrong time range: 'to' must be greater then 'from'");
    const unknown = await server.admin('GET', '/api/v1/resends/7');
    expect([unknown.status, unknown.json]).toEqual([400, { error: 'Wrong resend uid' }]);
  });
});
