import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signer } from '../../src/domain/signature.js';
import { ManualClock } from '../support/clock.js';
import { type DeliveryItem, deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { list } from '../support/lists.js';
import { deliveryUidOf, type Receiver, refusingUrl, startReceiver } from '../support/receiver.js';
import { type Answer, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const SECRET = '0123456789abcdef';
const AT_ONCE = 16;

let clock: ManualClock;
let server: TestServer;
let receiver: Receiver;
beforeEach(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
  receiver = await startReceiver();
});
afterEach(async () => {
  await server.stop();
  await receiver.close();
});

const testOf = (uid: number | string, headers: Record<string, string> = {}): Promise<Answer> =>
  server.call('POST', `/api/v1/webhooks/${uid}/test`, {
    headers: { authorization: `Basic ${Buffer.from('admin:door-keeper-7').toString('base64')}`, ...headers },
  });
const testedOf = async (uid: number): Promise<DeliveryItem & { event_id: number; test: boolean }> => {
  const answer = await testOf(uid, { accept: 'application/json' });
  expect(answer.status).toBe(200);
  return answer.json as DeliveryItem & { event_id: number; test: boolean };
};

describe('a test of a webhook', () => {
  it('arrives signed as every delivery does, and its page comes back', async () => {
    const uid = await subscribe(server, receiver.url, { secret: SECRET, headers: '{"X-Building":"7"}' });

    const answer = await testOf(uid, { 'content-type': 'application/json' });

    const [request] = await receiver.next(1);
    const body = request?.body ?? Buffer.alloc(0);
    expect(body.toString()).toBe(
      `{"data":{"test":"success"},"created_at":${clock.now()},"event_id":1,"event_type":"log.access_granted_by_api_call"}`,
    );
    expect(request?.headers).toMatchObject({
      'x-building': '7',
      'x-webhook-signature': signer(SECRET).panel(body),
      'x-webhook-attempt': '1',
      'webhook-id': expect.stringMatching(/^wh_[0-9a-z]{8}_1$/),
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.text.split('\n')).toEqual(
      expect.arrayContaining([
        'EVENT DETAILS: log.access_granted_by_api_call (ID: wh_1)',
        'Status: Delivered (1/1 attempts)',
        'X-Building: ***',
        'Status: 200 OK',
      ]),
    );
  });

  it('has a new event each time', async () => {
    const uid = await subscribe(server, receiver.url);
    const ids = [await testedOf(uid), await testedOf(uid)].map(({ event_id, item_uid }) => [
      event_id,
      item_uid,
    ]);
    expect(new Set(ids.flat()).size).toBe(2);
    expect(receiver.requests.map(({ headers }) => deliveryUidOf(headers))).toEqual([1, 2]);
  });

  it('reaches a disabled webhook, to which nothing else is sent', async () => {
    const uid = await subscribe(server, receiver.url, { status: 'disabled' });
    const eventId = await report(server);

    expect(await testedOf(uid)).toMatchObject({ status: 'delivered', test: true, max_attempts: 1 });

    await deliveryOf(server, eventId, ({ status }) => status === 'held');
    expect(receiver.requests).toHaveLength(1);
  });

  it('fails without a retry, with the answer 200 all the same', async () => {
    const uid = await subscribe(server, receiver.url, { max_retries: 5 });
    receiver.answerWith({ status: 503, headers: { 'retry-after': '1' }, body: 'not now' });

    const page = (await testOf(uid)).text.split('\n');

    expect(page).toEqual(expect.arrayContaining(['Status: Failed (1/1 attempts)', 'Status: 503 not now']));
    receiver.answerWith(200);
    // A first retry would come after 6 s at most.
    clock.advance(10_000);
    await deliveryOf(server, await report(server), ended);
    expect(receiver.requests.map(({ headers }) => deliveryUidOf(headers))).toEqual([1, 2]);
  });

  it('says so when nobody listens at the URL', async () => {
    const uid = await subscribe(server, await refusingUrl());
    const { status, attempt_log } = await testedOf(uid);
    expect([status, attempt_log[0]?.error]).toEqual([
      'failed',
      expect.stringContaining('connection refused'),
    ]);
  });

  it('leaves the webhook as it is, also when the receiver says that it is gone', async () => {
    const uid = await subscribe(server, receiver.url);
    const before = (await server.admin('GET', `/api/v1/webhooks/${uid}`)).json;
    receiver.answerWith(410);

    expect(await testedOf(uid)).toMatchObject({ status: 'failed', response_status: 410 });
    receiver.answerWith(500);
    for (let n = 0; n < 30; n++) await testedOf(uid);

    expect((await server.admin('GET', `/api/v1/webhooks/${uid}`)).json).toEqual(before);
    receiver.answerWith(200);
    await deliveryOf(server, await report(server), ({ status }) => status === 'delivered');
  });

  it('is among the deliveries, and in no log, list of events or statistics', async () => {
    const uid = await subscribe(server, receiver.url);
    const eventId = await report(server);
    await deliveryOf(server, eventId, ended);
    receiver.answerWith(500);
    const tested = await testedOf(uid);

    const deliveries = await list<DeliveryItem & { test: boolean }>(server, 'webhooks/events');
    expect(deliveries.items.map((item) => [item.item_uid, item.status, item.test])).toEqual([
      [tested.item_uid, 'failed', true],
      [1, 'delivered', false],
    ]);
    expect(deliveries.options.pagination.total_items).toBe(2);
    const log = await list<{ name: { key: string } }>(server, 'log/items');
    expect(log.items.map(({ name }) => name.key)).toEqual(['access_granted_by_valid_identifier']);
    const events = await list<{ event_id: number }>(server, 'events');
    expect(events.items.map(({ event_id }) => event_id)).toEqual([eventId]);
    const dashboard = await server.admin('GET', '/api/v1/webhooks/events/retry/dashboard');
    expect(dashboard.json).toEqual({ success_rate: 100, delivered: 1, failed: 0, retrying: 0 });
    const statistics = await server.admin('GET', '/api/v1/statistics?by=event_type');
    expect((statistics.json as { series: unknown[] }).series).toHaveLength(1);
  });

  it('is answered when the webhook must have given up, and goes on in the background', async () => {
    const uid = await subscribe(server, receiver.url, { timeout: 1000 });
    let answer = () => {};
    receiver.answerWith(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(200);
        }),
    );
    const answering = testOf(uid, { accept: 'application/json' });
    await receiver.next(1);

    clock.advance(5_000);

    const early = (await answering).json as DeliveryItem;
    expect(early).toMatchObject({ status: 'pending', attempts: 0, attempt_log: [] });
    answer();
    const later = await until(
      async () => (await list<DeliveryItem>(server, 'webhooks/events')).items[0],
      (item) => item?.status !== 'pending',
    );
    expect(later).toMatchObject({ item_uid: early.item_uid, status: 'delivered' });
  });

  it('is refused while many are under way, and not for long', async () => {
    const uid = await subscribe(server, receiver.url);
    const answers: (() => void)[] = [];
    receiver.answerWith(() => new Promise((resolve) => answers.push(() => resolve(200))));
    const underWay = Array.from({ length: AT_ONCE }, () => testOf(uid));
    await receiver.next(AT_ONCE);

    const refused = await testOf(uid);

    expect([refused.status, refused.json]).toEqual([429, { error: 'Too many tests at once' }]);
    expect(refused.headers['retry-after']).toBe('1');
    for (const answer of answers) answer();
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
    receiver.answerWith(200);
    expect((await testOf(uid)).status).toBe(200);
    expect((await list(server, 'webhooks/events')).options.pagination.total_items).toBe(AT_ONCE + 1);
  });

  it('is not kept waiting by a backlog of the same webhook', async () => {
    const uid = await subscribe(server, receiver.url);
    receiver.answerWith(500);
    await report(server);
    await receiver.next(1);
    receiver.answerWith(200);

    expect(await testedOf(uid)).toMatchObject({ status: 'delivered' });
  });

  it.each(['0', '7', 'abc', 'events', '1e0', '9007199254740993'])(
    'is refused for the uid %s',
    async (uid) => {
      const answer = await testOf(uid);
      expect([answer.status, answer.json]).toEqual([400, { error: 'Wrong webhook uid' }]);
      expect((await list(server, 'webhooks/events')).items).toEqual([]);
    },
  );

  it('is refused for a deleted webhook', async () => {
    const uid = await subscribe(server, receiver.url);
    await server.admin('DELETE', `/api/v1/webhooks/${uid}`);
    expect((await testOf(uid)).json).toEqual({ error: 'Wrong webhook uid' });
    expect(receiver.requests).toEqual([]);
  });

  it('takes any body, and needs none', async () => {
    const uid = await subscribe(server, receiver.url);
    expect((await server.admin('POST', `/api/v1/webhooks/${uid}/test`, Buffer.from('{')))?.status).toBe(200);
  });
});
