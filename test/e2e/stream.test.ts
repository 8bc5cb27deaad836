import { describe, expect, it } from 'vitest';
import { publishedDocument } from '../../src/api/openapi/published.js';
import { ManualClock } from '../support/clock.js';
import { deliveryOf, EVENT_TYPE, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { Documented } from '../support/documented.js';
import { afterwards, aReceiver, aServer } from '../support/ephemeral.js';
import { has, streamOf } from '../support/followed-stream.js';
import { refusingUrl } from '../support/receiver.js';
import { ADMIN_PASSWORD, basic, type TestServer } from '../support/server.js';
import { readStream, type Told } from '../support/stream.js';
import { until } from '../support/until.js';

const SECOND = 1_000;

async function tokenOf(server: TestServer): Promise<string> {
  const body = { username: 'admin', password: ADMIN_PASSWORD };
  const { json } = await server.call('POST', '/api/v1/login', { body });
  return (json as { token: string }).token;
}

describe('the stream', () => {
  it('tells an event that is accepted, its attempt, its end, and a second later the counts', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url);
    const stream = await streamOf(server);

    const event = await report(server, { source: 'gate', data: { owner: 'never shown' } });
    await stream.once(has('ended'));
    clock.advance(SECOND);
    await stream.once(has('counts'));

    const ids = { webhook_uid: uid, event_id: event, event_type: EVENT_TYPE };
    expect(stream.messages().map((one) => one.event)).toEqual([
      'hello',
      'accepted',
      'attempt',
      'ended',
      'counts',
    ]);
    expect(stream.of('accepted')).toEqual([
      {
        at: expect.any(Number),
        count: 1,
        events: [{ event_id: event, event_type: EVENT_TYPE, source: 'gate' }],
      },
    ]);
    expect(stream.of('attempt')).toMatchObject([
      { ...ids, attempt: 1, response_status: 200, error: null, status: 'delivered', test: false },
    ]);
    expect(stream.of('ended')).toMatchObject([{ ...ids, status: 'delivered', reason: 'success' }]);
    expect(stream.of('counts')).toMatchObject([
      { accepted: 1, attempts: { succeeded: 1, failed: 0 }, ended: { delivered: 1, failed: 0 }, omitted: 0 },
    ]);
    expect(stream.raw()).not.toContain('never shown');
  });

  it('has messages as the document describes them, and headers that no proxy keeps', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    await subscribe(server, await refusingUrl());
    const stream = await streamOf(server);

    await reportAll(server, [{}, {}, {}]);
    await stream.once(has('health'));
    clock.advance(SECOND);
    await stream.once(has('counts'));

    const document = publishedDocument();
    const documented = new Documented(document);
    const kinds = new Set<string>();
    for (const { event, data } of stream.messages()) {
      const name = `Stream${event.charAt(0).toUpperCase()}${event.slice(1)}`;
      kinds.add(event);
      expect([event, documented.schemaFault(document.components['schemas']?.[name], data)]).toEqual([
        event,
        null,
      ]);
    }
    expect([...kinds].sort()).toEqual(['accepted', 'attempt', 'counts', 'health', 'hello']);
    expect(stream.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    expect(stream.raw()).toMatch(/^retry: 3000\n\n/);
  });

  it('tells each change of the health of a webhook, without the query of its URL', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const uid = await subscribe(server, `${await refusingUrl()}/?key=hidden`);
    const stream = await streamOf(server);

    await reportAll(server, [{}, {}, {}]);
    await stream.once(has('health'));

    expect(stream.of('health')).toMatchObject([{ webhook_uid: uid, health: 'open', reason: 'refused' }]);
    expect(stream.of('health')[0]?.['next_probe_at']).toBeGreaterThan(clock.now());
    expect(stream.raw()).not.toContain('hidden');
  });

  it('tells forty a second of what goes well, forty of what fails, and counts all the others', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    await subscribe(server, receiver.url);
    const stream = await streamOf(server);

    const ids = await reportAll(
      server,
      Array.from({ length: 300 }, () => ({})),
    );
    await until(
      async () => (await server.admin('GET', '/api/v1/webhooks/events/retry/dashboard')).json,
      (dashboard) => (dashboard as { delivered: number }).delivered === 300,
    );
    clock.advance(SECOND);
    await stream.once(has('counts'));

    const [counts] = stream.of('counts');
    expect(counts).toMatchObject({
      accepted: ids.length,
      attempts: { succeeded: 300, failed: 0 },
      ended: { delivered: 300 },
    });
    const told = stream.messages().filter(({ event }) => !['hello', 'counts', 'dropped'].includes(event));
    expect(told).toHaveLength(40);
    // One request, three hundred attempts, as many ends.
    expect(counts?.['omitted']).toBe(1 + 300 + 300 - 40);
    expect((told[0] as Told).data['count']).toBe(300);
    expect((told[0] as Told).data['events']).toHaveLength(20);

    await report(server);
    await stream.once((messages) => messages.at(-1)?.event === 'ended');
  });

  it('tells who comes again how many messages were missed, and nobody knows after a restart', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const first = await streamOf(server);
    await report(server);
    const last = (await first.once(has('accepted'))).at(-1)?.id ?? '';
    const authorization = basic('admin', ADMIN_PASSWORD);
    await report(server);
    await first.once(has('accepted', 2));

    const again = await streamOf(server, { authorization, 'last-event-id': last });
    const stranger = await streamOf(server, { authorization, 'last-event-id': '0123456789ab-5' });
    const broken = await streamOf(server, { authorization, 'last-event-id': 'x'.repeat(500) });

    expect(first.of('hello')).toMatchObject([{ missed: 0 }]);
    expect(again.of('hello')).toMatchObject([{ missed: 1 }]);
    expect(stranger.of('hello')).toMatchObject([{ missed: null }]);
    expect(broken.of('hello')).toMatchObject([{ missed: null }]);
  });

  it('counts on for a minute after the last client left', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const authorization = basic('admin', ADMIN_PASSWORD);
    const leaving = await streamOf(server);
    const id = leaving.messages()[0]?.id ?? '';
    leaving.close();
    await leaving.ended;
    clock.advance(30 * SECOND);
    await report(server);

    const soon = await streamOf(server, { authorization, 'last-event-id': id });
    expect(soon.of('hello')).toMatchObject([{ missed: 1 }]);
  });

  it('tells how a resend of many goes on, and its end', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url);
    const id = await report(server);
    await deliveryOf(server, id, ended);
    const stream = await streamOf(server);

    const body = { webhook_uid: uid, statuses: ['delivered'] };
    const { json } = await server.admin('POST', '/api/v1/resends', body);
    const started = (json as { item_uid: number }).item_uid;
    await until(
      async () => {
        clock.advance(SECOND);
        await server.admin('GET', `/api/v1/resends/${started}`);
        return stream.of('job').at(-1)?.['state'];
      },
      (state) => state === 'done',
    );

    expect(stream.of('job').at(-1)).toMatchObject({
      resend_uid: started,
      webhook_uid: uid,
      total: 1,
      done: 1,
    });
  });

  it('says that it lives', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const stream = await streamOf(server);

    clock.advance(5 * SECOND);
    await report(server);
    await stream.once(has('accepted'));

    expect(stream.raw()).toContain('\n\n: \n\n');
  });
});

describe('who may read the stream', () => {
  it('is any account and any key that may read, and nobody else', async () => {
    const server = await aServer();
    const key = async (scope: string) => {
      const { json } = await server.admin('POST', '/api/v1/keys', { name: scope, scopes: [scope] });
      return `Bearer ${(json as { key: string }).key}`;
    };
    const open = async (authorization: string) => {
      const stream = await readStream(server.url, { authorization });
      afterwards(async () => stream.close());
      return stream.status;
    };

    expect(await open(await server.account('porter', 'user'))).toBe(200);
    expect(await open(await key('read'))).toBe(200);
    expect(await open(await key('events:write'))).toBe(403);
    expect(await open('Bearer nobody')).toBe(401);
  });

  it('ends with its log-out', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const authorization = `Bearer ${await tokenOf(server)}`;
    const stream = await streamOf(server, { authorization });
    const other = await streamOf(server);

    await server.call('POST', '/api/v1/logout', { headers: { authorization } });
    clock.advance(5 * SECOND);

    await stream.ended;
    await report(server);
    expect(await other.once(has('accepted'))).toHaveLength(2);
  });

  it('ends with its token, its account, its key', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const { json } = await server.admin('POST', '/api/v1/keys', { name: 'wall', scopes: ['read'] });
    const { key, item_uid: keyUid } = json as { key: string; item_uid: number };
    const byToken = await streamOf(server, { authorization: `Bearer ${await tokenOf(server)}` });
    const byKey = await streamOf(server, { authorization: `Bearer ${key}` });

    await server.admin('DELETE', `/api/v1/keys/${keyUid}`);
    clock.advance(5 * SECOND);
    await byKey.ended;
    clock.suspend(2 * 3_600 * SECOND);

    await expect(byToken.ended).resolves.toBeUndefined();
  });
});

describe('the limits of the stream', () => {
  it('refuse one client more than there may be, until one leaves', async () => {
    const server = await aServer({ httpLimits: { streams: 1 } });
    const first = await streamOf(server);

    const refused = await server.admin('GET', '/api/v1/stream');
    first.close();
    const later = await until(
      () => server.admin('GET', '/api/v1/stream'),
      ({ status }) => status === 200,
    );

    expect(refused).toMatchObject({ status: 503, json: { error: 'Too many streams' } });
    expect(refused.headers['retry-after']).toBe('10');
    expect(later.text).toContain('event: hello');
  });

  it('do not keep a stop waiting', async () => {
    const server = await aServer();
    const stream = await streamOf(server);

    await server.stop();

    await expect(stream.ended).resolves.toBeUndefined();
  });
});
