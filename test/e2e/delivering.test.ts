import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signer } from '../../src/domain/signature.js';
import { ManualClock } from '../support/clock.js';
import {
  attempted,
  change,
  deliveryOf,
  ended,
  eventOf,
  report,
  reportAll,
  subscribe,
} from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import { deliveryUidOf } from '../support/receiver.js';
import { until } from '../support/until.js';

const SECRET = '0123456789abcdef';
const MINUTE = 60_000;

describe('an event from a real panel', () => {
  it('arrives at a real HTTP server, signed both ways, as the panel captured it', async () => {
    const captured = JSON.parse(readFileSync('test/vectors/log-item.captured.json', 'utf8'));
    const server = await aServer();
    const receiver = await aReceiver();
    await subscribe(server, `${receiver.url}/hook`, { secret: SECRET, headers: '{"X-Building":"7"}' });

    const eventId = await report(server, {
      event_type: `log.${captured.name.key}`,
      created_at: captured.timestamp,
      data: captured.info.model,
      source: 'door-1',
    });

    const [request] = await receiver.next(1);
    expect(request?.method).toBe('POST');
    expect(request?.path).toBe('/hook');
    expect(request?.body.toString()).toBe(
      '{"data":{"lock":0,"owner":"Administrator","number":"3090069","apartment_address":"","type":"card"},' +
        `"created_at":1678077114137,"event_id":${eventId},"event_type":"log.access_granted_by_valid_identifier"}`,
    );
    const headers = request?.headers ?? {};
    const body = request?.body ?? Buffer.alloc(0);
    const timestamp = Number(headers['webhook-timestamp']);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(body.length),
      'user-agent': expect.stringMatching(/^Latchhook\/\d+\.\d+\.\d+$/),
      'x-building': '7',
      'x-webhook-signature': signer(SECRET).panel(body),
      'x-webhook-timestamp': `${new Date(timestamp * 1000).toISOString().slice(0, 19)}Z`,
      'x-webhook-attempt': '1',
      'webhook-id': expect.stringMatching(/^wh_[0-9a-z]{8}_1$/),
      'webhook-signature': signer(SECRET).standard(String(headers['webhook-id']), timestamp, body),
    });
    expect(headers).not.toHaveProperty('x-webhook-resend');
  });

  it('leaves the signatures out when the webhook has no secret', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    await subscribe(server, receiver.url);
    await report(server);
    const [request] = await receiver.next(1);
    expect(request?.headers).not.toHaveProperty('x-webhook-signature');
    expect(request?.headers).not.toHaveProperty('webhook-signature');
    expect(request?.headers['webhook-id']).toMatch(/^wh_[0-9a-z]{8}_1$/);
  });

  it('keeps every digit of a card number that no double can hold', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    await subscribe(server, receiver.url);
    await server.admin(
      'POST',
      '/api/v1/events',
      Buffer.from(
        '{"event_type":"log.access_granted_by_valid_identifier", "data": {"b": 1.10, "1": 12345678901234567890, "e": 1E+2 }}',
      ),
    );
    const [request] = await receiver.next(1);
    expect(request?.body.toString()).toContain('{"data":{"b":1.10,"1":12345678901234567890,"e":1E+2},');
  });

  it('goes to every webhook that subscribed to its type, and to no other', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    await subscribe(server, `${receiver.url}/a`);
    await subscribe(server, `${receiver.url}/b`);
    await subscribe(server, `${receiver.url}/c`, { event_types: ['log.tamper_event'] });
    const eventId = await report(server);
    const requests = await receiver.next(2);
    expect(requests.map(({ path }) => path).sort()).toEqual(['/a', '/b']);
    const { deliveries } = await eventOf(server, eventId);
    expect(deliveries.map(({ webhook_uid }) => webhook_uid)).toEqual([1, 2]);
  });

  it('is kept when nobody subscribed to it', async () => {
    const server = await aServer();
    const eventId = await report(server, { data: { number: '1' } });
    expect(await eventOf(server, eventId)).toMatchObject({ data: { number: '1' }, deliveries: [] });
  });
});

describe('a failing receiver', () => {
  it('gets the same bytes again after 5 s, 15 s and 45 s, spread by a fifth, and counts the attempts', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 500 });
    await subscribe(server, receiver.url, { secret: SECRET });
    const eventId = await report(server, { data: { number: '7' } });

    const delays: number[] = [];
    for (let n = 1; n <= 3; n++) {
      const delivery = await deliveryOf(server, eventId, attempted(n));
      expect(delivery.status).toBe('retrying');
      const delay = (delivery.next_attempt_at ?? 0) - clock.now();
      delays.push(delay);
      clock.advance(delay);
    }
    const delivery = await deliveryOf(server, eventId, ended);

    for (const [i, base] of [5_000, 15_000, 45_000].entries()) {
      expect(delays[i]).toBeGreaterThanOrEqual(base * 0.8);
      expect(delays[i]).toBeLessThanOrEqual(base * 1.2);
    }
    expect(delivery).toMatchObject({ status: 'failed', attempts: 4, max_attempts: 4, next_attempt_at: null });
    const requests = await receiver.next(4);
    expect(requests.map(({ headers }) => headers['x-webhook-attempt'])).toEqual(['1', '2', '3', '4']);
    expect(new Set(requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(requests.map(({ body }) => body.toString())).size).toBe(1);
    expect(new Set(requests.map(({ headers }) => headers['webhook-signature'])).size).toBe(4);
  });

  it('that asks for two minutes is left alone for two minutes', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: { status: 429, headers: { 'retry-after': '120' } } });
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    const delivery = await deliveryOf(server, eventId, attempted(1));
    expect((delivery.next_attempt_at ?? 0) - clock.now()).toBe(2 * MINUTE);

    clock.advance(2 * MINUTE - 1_000);
    const witness = await aReceiver();
    await subscribe(server, witness.url);
    await report(server);
    await witness.next(1);
    expect(receiver.requests.filter(({ headers }) => deliveryUidOf(headers) === 1)).toHaveLength(1);

    receiver.answerWith(200);
    clock.advance(1_000);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ status: 'delivered', attempts: 2 });
  });

  it('that says 410 ends the delivery and disables the webhook, and tells why', async () => {
    const server = await aServer();
    const receiver = await aReceiver({ answer: 410 });
    const uid = await subscribe(server, receiver.url);
    const eventId = await report(server);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ status: 'failed', attempts: 1 });
    const entity = await until(
      async () => (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json as Record<string, unknown>,
      ({ status }) => status === 'disabled',
    );
    expect(entity['disabled_reason']).toBe('receiver-gone');
  });

  it('that redirects to a metadata address is not followed', async () => {
    const server = await aServer();
    const receiver = await aReceiver({
      answer: { status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data/' } },
    });
    await subscribe(server, receiver.url, { max_retries: 1 });
    const eventId = await report(server);
    const delivery = await deliveryOf(server, eventId, attempted(1));
    expect(delivery).toMatchObject({ status: 'retrying', response_status: 302 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('leaves a record of each attempt: when, how long, what was sent and what came back, secrets masked', async () => {
    const server = await aServer();
    const receiver = await aReceiver({
      answer: ({ headers }) => ({
        status: 500,
        headers: { 'x-trace': 'abc' },
        body: `database is <down> for ${headers['x-api-key']}`,
      }),
    });
    await subscribe(server, receiver.url, { headers: '{"X-Api-Key":"key-of-ours-17"}', secret: SECRET });
    const eventId = await report(server);
    const delivery = await deliveryOf(server, eventId, attempted(1));
    const [record] = delivery.attempt_log;
    const [request] = receiver.requests;
    expect(record).toMatchObject({ attempt: 1, response_status: 500, error: expect.stringContaining('500') });
    expect(record?.response_body).toBe('database is <down> for ***');
    expect(record?.response_headers).toMatch(/^x-trace: abc$/im);
    expect(record?.request_headers).toContain(`webhook-signature: ${request?.headers['webhook-signature']}`);
    expect(record?.request_headers).toContain(
      `X-Webhook-Timestamp: ${request?.headers['x-webhook-timestamp']}`,
    );
    expect(record?.request_headers).toContain('X-Api-Key: ***');
    expect(JSON.stringify(delivery)).not.toContain('key-of-ours-17');
    expect(JSON.stringify(delivery)).not.toContain(SECRET);
  });
});

describe('a change of a webhook', () => {
  it('holds for the very next attempt: URL, secret, headers and number of retries', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const former = await aReceiver({ answer: 500 });
    const latter = await aReceiver({ answer: 500 });
    const uid = await subscribe(server, former.url, { secret: SECRET, max_retries: 5 });
    const eventId = await report(server);
    await deliveryOf(server, eventId, attempted(1));

    await change(server, uid, latter.url, {
      secret: 'another secret of ours',
      headers: '{"X-New":"yes"}',
      max_retries: 1,
    });
    clock.advance(10_000);

    const delivery = await deliveryOf(server, eventId, ended);
    expect(delivery).toMatchObject({ status: 'failed', attempts: 2, max_attempts: 2 });
    const [request] = await latter.next(1);
    expect(request?.headers['x-new']).toBe('yes');
    expect(request?.headers['x-webhook-signature']).toBe(
      signer('another secret of ours').panel(request?.body ?? Buffer.alloc(0)),
    );
    expect(former.requests).toHaveLength(1);
  });

  it('to disabled holds what is owed, and enabling delivers it, oldest first', async () => {
    const server = await aServer();
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url, { status: 'disabled' });
    const ids = await reportAll(server, [{ data: { n: 1 } }, { data: { n: 2 } }, { data: { n: 3 } }]);
    const [first] = ids;
    expect((await eventOf(server, first ?? 0)).deliveries[0]?.status).toBe('held');
    expect(receiver.requests).toHaveLength(0);

    await change(server, uid, receiver.url);
    await receiver.next(3);
    for (const id of ids) await deliveryOf(server, id, ended);
    expect(receiver.requests.map(({ body }) => JSON.parse(body.toString()).event_id).sort()).toEqual(ids);
  });

  it('to deleted ends what is owed as cancelled, and no attempt begins after the answer', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver({ answer: 500 });
    const uid = await subscribe(server, receiver.url);
    const eventId = await report(server);
    await deliveryOf(server, eventId, attempted(1));
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ status: 'cancelled', attempts: 1 });
    clock.advance(10 * MINUTE);
    const witness = await aReceiver();
    await subscribe(server, witness.url);
    await report(server);
    await witness.next(1);
    expect(receiver.requests).toHaveLength(1);
  });

  it('that is deleted while its receiver thinks still records what the receiver said', async () => {
    const server = await aServer();
    let answer: (status: number) => void = () => {};
    const receiver = await aReceiver({
      answer: () =>
        new Promise<number>((resolve) => {
          answer = resolve;
        }),
    });
    const uid = await subscribe(server, receiver.url);
    const eventId = await report(server);
    await receiver.next(1);
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
    answer(200);
    expect(await deliveryOf(server, eventId, ended)).toMatchObject({ status: 'delivered', attempts: 1 });
  });
});

describe('a receiver that hangs', () => {
  it('delays nobody else', async () => {
    const server = await aServer();
    const hanging = await aReceiver({ answer: () => new Promise<number>(() => {}) });
    const healthy = await aReceiver();
    await subscribe(server, hanging.url);
    await subscribe(server, healthy.url);
    await reportAll(
      server,
      Array.from({ length: 500 }, (_, n) => ({ data: { n } })),
    );
    await healthy.next(500);
    expect(hanging.requests.length).toBeLessThanOrEqual(64);
  });

  it('is given up after the timeout, and the attempt says so', async () => {
    const server = await aServer();
    const hanging = await aReceiver({ answer: () => new Promise<number>(() => {}) });
    await subscribe(server, hanging.url, { timeout: 1000 });
    const eventId = await report(server);
    const delivery = await deliveryOf(server, eventId, attempted(1));
    expect(delivery.status).toBe('retrying');
    expect(delivery.attempt_log[0]).toMatchObject({
      response_status: null,
      error: expect.stringMatching(/1000 ms/),
    });
  });
});
