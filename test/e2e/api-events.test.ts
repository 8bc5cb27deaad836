import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { ADMIN_PASSWORD, type Answer, basic, startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(() => server.stop());

const event = (changes: Record<string, unknown> = {}) => ({ event_type: 'log.tamper_event', ...changes });

const post = (body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  server.call('POST', '/api/v1/events', {
    body,
    headers: { authorization: basic('admin', ADMIN_PASSWORD), ...headers },
  });

const read = (eventId: number) => server.admin('GET', `/api/v1/events/${eventId}`);

describe('an event', () => {
  test('is accepted with its id, and read back as it was accepted', async () => {
    const answer = await post(event({ data: { lock: 0 }, created_at: 1_746_481_123_456, extra: 1 }));

    expect(answer).toMatchObject({ status: 202, json: { items: [{ event_id: 1, duplicate: false }] } });
    expect(await read(1)).toMatchObject({
      status: 200,
      json: {
        event_id: 1,
        event_type: 'log.tamper_event',
        data: { lock: 0 },
        created_at: 1_746_481_123_456,
        accepted_at: expect.any(Number),
        deliveries: [],
      },
    });
  });

  test('keeps its data to the letter: digits of long numbers, order of members, duplicates', async () => {
    const data = '{"number":12345678901234567890,"b":1.10,"a":"\\u0041","b":-0}';

    await post(`{ "event_type": "log.tamper_event", "data": ${data} }`);

    const answer = await read(1);
    expect(answer.text).toContain(`"data":${data},"created_at"`);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });

  test('comes alone or in an array of up to 1000, whose items are accepted in their order', async () => {
    const answer = await post(Array.from({ length: 1000 }, () => event()));

    const { items } = answer.json as { items: { event_id: number }[] };
    expect(answer.status).toBe(202);
    expect(items.map(({ event_id }) => event_id)).toEqual(Array.from({ length: 1000 }, (_, i) => i + 1));
  });

  test('of PHP, whose data without members are an empty array, has an empty object', async () => {
    await post('{"event_type":"log.tamper_event","data":[ ]}');
    expect((await read(1)).text).toContain('"data":{},"created_at"');
    expect(await post(event({ data: [1] }))).toMatchObject({
      status: 400,
      json: { error: 'Wrong JSON body: value data was of the wrong type' },
    });
  });

  test('that tells its time in seconds has it in milliseconds', async () => {
    await post(event({ created_at: 1_746_481_123 }));
    expect((await read(1)).json).toMatchObject({ created_at: 1_746_481_123_000 });
  });

  test('that comes again with its idempotency key is accepted once', async () => {
    const first = await post(event({ idempotency_key: 'a', data: { x: 1 } }));
    const again = await post(event({ idempotency_key: 'a', data: { x: 1 } }));
    const byHeader = await post(event({ data: { x: 1 } }), { 'idempotency-key': 'a' });

    expect(first.json).toEqual({ items: [{ event_id: 1, duplicate: false }] });
    expect(again.json).toEqual({ items: [{ event_id: 1, duplicate: true }] });
    expect(byHeader.json).toEqual({ items: [{ event_id: 1, duplicate: true }] });
  });

  test('that comes with a key used for another is refused, in an array with its place', async () => {
    const error = 'Idempotency key was used with another event';
    await post(event({ idempotency_key: 'a' }));

    expect(await post(event({ idempotency_key: 'a', data: { x: 1 } }))).toMatchObject({
      status: 400,
      json: { error },
    });
    const other = event({ idempotency_key: 'a', data: { x: 1 } });
    expect((await post([event(), other])).json).toEqual({ error: `${error} (item 1)` });
    expect((await post(` [${JSON.stringify(other)}]`)).json).toEqual({ error: `${error} (item 0)` });
    expect(await read(2)).toMatchObject({ status: 400 });
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'Wrong JSON body'],
    ['an empty array', [], 'Wrong JSON body'],
    ['a number', '7', 'Wrong JSON body'],
    ['no type', {}, 'Wrong JSON body: no value for event_type'],
    ['an unknown type', event({ event_type: 'log.x' }), 'Invalid event types'],
    [
      'an unknown type in an array',
      [event(), event({ event_type: 'log.x' })],
      'Invalid event types (item 1)',
    ],
    ['an array of numbers', [1], 'Wrong JSON body (item 0)'],
    ['data as text', event({ data: 'x' }), 'Wrong JSON body: value data was of the wrong type'],
    ['data past 64 KiB', event({ data: { x: 'x'.repeat(65_536) } }), 'Event data too large'],
    ['a source of 65 characters', event({ source: 'x'.repeat(65) }), 'Source must be at most 64 characters'],
    ['a time before 1970', event({ created_at: -1 }), 'Invalid created_at'],
    ['a time in microseconds', event({ created_at: 1_746_481_123_456_000 }), 'Invalid created_at'],
    [
      'what is not UTF-8',
      Buffer.from('{"event_type":"log.tamper_event","source":"T\xfcr"}', 'latin1'),
      'Wrong JSON body: not UTF-8',
    ],
    ['an empty key', event({ idempotency_key: '' }), 'Idempotency key must be between 1 and 200 characters'],
    ['1001 events', Array.from({ length: 1001 }, () => event()), 'Too many events'],
  ])('is refused for %s', async (_what, body, error) => {
    expect(await post(body)).toMatchObject({ status: 400, json: { error } });
  });

  test.each(['0', 'x', '1x', '-1', '%31%20', '99', '9'.repeat(400)])('has no id %s', async (eventId) => {
    expect(await server.admin('GET', `/api/v1/events/${eventId}`)).toMatchObject({
      status: 400,
      json: { error: 'Wrong event id' },
    });
  });
});

describe('the deliveries of an event', () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
  });

  afterEach(() => receiver.close());

  const subscribe = (changes: Record<string, unknown> = {}) =>
    server.admin('POST', '/api/v1/webhooks', {
      url: `${receiver.url}/in?key=1`,
      status: 'active',
      event_types: ['log.tamper_event'],
      max_retries: 2,
      ...changes,
    });

  type Delivery = Record<string, unknown> & {
    status: string;
    attempts: number;
    attempt_log: Record<string, unknown>[];
  };
  const deliveries = async () => ((await read(1)).json as { deliveries: Delivery[] }).deliveries;

  test('show each attempt as it went over the wire, own header values masked', async () => {
    await subscribe({ secret: 'sixteen letters!', headers: '{"X-Key":"hush"}' });
    receiver.answerWith({ status: 200, headers: { 'X-Answer': 'yes' }, body: 'thanks' });

    await post(event({ data: { lock: 1 } }));
    const [request] = await receiver.next(1);
    const [delivery] = await until(deliveries, ([first]) => first?.status === 'delivered');

    expect(delivery).toMatchObject({
      item_uid: 1,
      webhook_uid: 1,
      url: `${receiver.url}/in?key=1`,
      event_id: 1,
      event_type: 'log.tamper_event',
      event_text: expect.stringMatching(/tamper/i),
      attempts: 1,
      max_attempts: 3,
      response_status: 200,
      next_attempt_at: null,
      test: false,
    });
    const entry = delivery?.attempt_log[0];
    expect(entry).toMatchObject({ attempt: 1, response_status: 200, error: null, response_body: 'thanks' });
    expect(entry?.['response_headers']).toContain('X-Answer: yes');
    const shown = String(entry?.['request_headers']).split('\n');
    expect(shown).toContain('X-Key: ***');
    expect(shown).toContain(`X-Webhook-Signature: ${request?.headers['x-webhook-signature']}`);
    expect(shown).toContain(`webhook-signature: ${request?.headers['webhook-signature']}`);
    expect(shown).toContain(`X-Webhook-Timestamp: ${request?.headers['x-webhook-timestamp']}`);
    expect(shown).toContain(`content-length: ${request?.body.length}`);
  });

  test('show what went wrong and when the next attempt is due', async () => {
    await subscribe();
    receiver.answerWith(503);

    await post(event());
    const [delivery] = await until(deliveries, ([first]) => first?.status === 'retrying');

    expect(delivery).toMatchObject({
      attempts: 1,
      response_status: 503,
      next_attempt_at: expect.any(Number),
    });
    expect(delivery?.attempt_log).toMatchObject([{ attempt: 1, response_status: 503, error: 'HTTP 503' }]);
  });

  test('are held while their webhook is disabled', async () => {
    await subscribe({ status: 'disabled' });

    await post(event());

    expect(await deliveries()).toMatchObject([{ status: 'held', attempts: 0, attempt_log: [] }]);
  });

  test('are shown to any account', async () => {
    await subscribe({ status: 'disabled' });
    const authorization = await server.account('guard', 'user');
    await post(event());

    expect(await server.call('GET', '/api/v1/events/1', { headers: { authorization } })).toMatchObject({
      status: 200,
    });
  });

  test('go to the new address of a webhook once its change is answered', async () => {
    const former = await startReceiver();
    await subscribe({ url: `${former.url}/old` });
    await post(event());
    await former.next(1);

    await server.admin('PUT', '/api/v1/webhooks/1', {
      url: `${receiver.url}/new`,
      status: 'active',
      event_types: ['log.tamper_event'],
      max_retries: 2,
    });
    await post(event());
    await receiver.next(1);

    expect(former.requests).toHaveLength(1);
    await former.close();
  });
});
