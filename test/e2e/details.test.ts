import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { attempted, deliveryOf, ended, eventOf, report, subscribe } from '../support/deliveries.js';
import { type Receiver, refusingUrl, startReceiver } from '../support/receiver.js';
import { type Answer, startTestServer, type TestServer } from '../support/server.js';

const HOUR = 3_600_000;

let clock: ManualClock;
let server: TestServer;
let receiver: Receiver;
beforeEach(async () => {
  clock = new ManualClock(Date.UTC(2025, 4, 5, 21, 38, 44));
  server = await startTestServer({ clock });
  receiver = await startReceiver();
});
afterEach(async () => {
  await server.stop();
  await receiver.close();
});

const admin = `Basic ${Buffer.from('admin:door-keeper-7').toString('base64')}`;
const detailsOf = (uid: number, headers: Record<string, string> = {}, query = ''): Promise<Answer> =>
  server.call('GET', `/api/v1/webhooks/events/${uid}${query}`, {
    headers: { authorization: admin, ...headers },
  });
const linesOf = async (uid: number) => (await detailsOf(uid)).text.split('\n');

describe('the event details', () => {
  it('are the text of the panels, line by line', async () => {
    receiver.answerWith(() => {
      clock.advance(23);
      return { status: 401, body: 'Login required' };
    });
    await subscribe(server, `${receiver.url}/hook?door=1`, {
      max_retries: 1,
      secret: '0123456789abcdef',
      headers: '{"X-Building":"tower seven"}',
    });
    const eventId = await report(server, {
      created_at: Date.UTC(2025, 4, 5, 21, 38, 43, 999),
      data: { number: 7 },
    });
    await deliveryOf(server, eventId, attempted(1));
    clock.suspend(HOUR);
    await deliveryOf(server, eventId, ended);
    clock.advance(1);

    const answer = await detailsOf(1);

    const [, last] = receiver.requests;
    const raw = last?.rawHeaders ?? [];
    const sent = raw.flatMap((name, n) => (n % 2 === 0 ? [`${name}: ${raw[n + 1]}`] : []));
    const named = sent
      .filter((line) => !/^(host|connection):/i.test(line))
      .map((line) => line.replace('tower seven', '***'));
    expect(named).toContain('X-Webhook-Attempt: 2');
    expect(named).toContain('X-Building: ***');
    const begun = last?.headers['x-webhook-timestamp'];
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(
      [
        'EVENT DETAILS: log.access_granted_by_valid_identifier (ID: wh_1)',
        'Event Timestamp: 2025-05-05T21:38:43Z',
        `Request Timestamp: ${begun}`,
        `Response Timestamp: ${begun}`,
        'Response Time: 23 ms',
        'Status: Failed (2/2 attempts)',
        'REQUEST:',
        `URL: ${receiver.url}/hook?door=1`,
        'Method: POST',
        'Headers:',
        ...named,
        `Payload: ${last?.body.toString()}`,
        'RESPONSE:',
        'Status: 401 Login required',
        '',
      ].join('\n'),
    );
  });

  it('show markup from outside as text, and may do nothing in a browser', async () => {
    const hostile = `<script>alert("1")</script>\r\nStatus: 200 'fine' &amp;\u0000\u2028EVENT DETAILS: x`;
    receiver.answerWith({ status: 500, headers: { 'X-Kind': '<b>' }, body: hostile });
    await subscribe(server, `${receiver.url}/?a='b'&c=<d>`);
    const eventId = await report(server, { data: { owner: '</pre><img src=x onerror=alert(1)>' } });
    await deliveryOf(server, eventId, attempted(1));

    const answer = await detailsOf(1);

    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect(answer.text).not.toMatch(/[<>]/);
    expect(answer.text).toContain(`URL: ${receiver.url}/?a='b'&amp;c=&lt;d&gt;`);
    expect(answer.text).toContain('{"owner":"&lt;/pre&gt;&lt;img src=x onerror=alert(1)&gt;"}');
    const lines = answer.text.split('\n');
    expect(lines.filter((line) => line.startsWith('EVENT DETAILS'))).toHaveLength(1);
    expect(lines.slice(lines.indexOf('RESPONSE:') + 1)).toEqual([
      expect.stringMatching(/^Status: 500 &lt;script&gt;.* Status: 200 'fine' &amp;amp;.*EVENT DETAILS: x$/),
      '',
    ]);
  });

  it('call a status by its name when the receiver said nothing', async () => {
    receiver.answerWith(204);
    await subscribe(server, receiver.url);
    await deliveryOf(server, await report(server), ended);
    const lines = await linesOf(1);
    expect(lines).toContain('Status: Delivered (1/4 attempts)');
    expect(lines.slice(-2)).toEqual(['Status: 204 No Content', '']);
  });

  it('say why there is no answer', async () => {
    const url = await refusingUrl();
    await subscribe(server, url);
    await deliveryOf(server, await report(server), attempted(1));
    const lines = await linesOf(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        'Request Timestamp: 2025-05-05T21:38:44Z',
        'Response Timestamp: -',
        'Response Time: -',
        'Status: Retrying (1/4 attempts)',
        `Status: connection refused (127.0.0.1, port ${new URL(url).port})`,
      ]),
    );
  });

  it('are there before any attempt was made', async () => {
    await subscribe(server, receiver.url, { status: 'disabled', max_retries: 5 });
    const eventId = await report(server, { created_at: 0 });
    expect(await linesOf(1)).toEqual([
      'EVENT DETAILS: log.access_granted_by_valid_identifier (ID: wh_1)',
      'Event Timestamp: 1970-01-01T00:00:00Z',
      'Request Timestamp: -',
      'Response Timestamp: -',
      'Response Time: -',
      'Status: Held (0/6 attempts)',
      'REQUEST:',
      `URL: ${receiver.url}`,
      'Method: POST',
      'Headers:',
      '-',
      `Payload: {"data":{},"created_at":0,"event_id":${eventId},"event_type":"log.access_granted_by_valid_identifier"}`,
      'RESPONSE:',
      'Status: -',
      '',
    ]);
  });

  it('hold at the far end of time', async () => {
    await subscribe(server, receiver.url);
    await deliveryOf(server, await report(server, { created_at: 99_999_999_999_999 }), ended);
    expect(await linesOf(1)).toContain('Event Timestamp: 5138-11-16T09:46:39Z');
  });

  it('are the delivery with its attempts where JSON is preferred', async () => {
    await subscribe(server, receiver.url);
    const eventId = await report(server);
    await deliveryOf(server, eventId, ended);

    const answer = await detailsOf(1, { accept: 'text/html;q=0.5, application/json' });

    const { deliveries } = await eventOf(server, eventId);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.headers['vary']).toBe('accept');
    expect(answer.json).toEqual(deliveries[0]);
    expect(answer.json).toMatchObject({ test: false, attempt_log: [{ attempt: 1, response_status: 200 }] });
    const russian = await detailsOf(1, { accept: 'application/json' }, '?locale=ru');
    expect((russian.json as { event_text: string }).event_text).toMatch(/[а-я]/);
    expect((await detailsOf(1, { accept: '*/*' })).headers['content-type']).toMatch(/^text\/html/);
  });

  it.each(['0', '2', '-1', '1.0', '01', 'abc', '9007199254740993', `1${'0'.repeat(300)}`, '%00', 'retry'])(
    'are refused for the uid %s',
    async (uid) => {
      await subscribe(server, receiver.url);
      await deliveryOf(server, await report(server), ended);
      const answer = await server.admin('GET', `/api/v1/webhooks/events/${uid}`);
      expect([answer.status, answer.json]).toEqual([400, { error: 'Wrong webhook event uid' }]);
    },
  );
});
