import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebhookEvent } from '../src/index.js';
import type { ReceiverOptions } from '../src/receive.js';
import { type Handle, type RunningServer, SERVERS } from './support/servers.js';
import {
  asPanel,
  BODY,
  SECRET,
  SENT_AT,
  type SignedRequest,
  signedRequest,
  withHeaders,
} from './support/signed-request.js';

let server: RunningServer | undefined;
afterEach(() => server?.close());

/** One request as it stands, on a connection of its own. */
async function send(url: string, { body, headers }: SignedRequest, method = 'POST') {
  const request = http.request(url, { method, agent: false });
  for (const [name, value] of headers) request.setHeader(name, value);
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  request.end(body);
  const response = await answered;
  const text = (await buffer(response)).toString();
  return { status: response.statusCode, text, type: response.headers['content-type'] ?? '' };
}

describe.each(SERVERS)('behind %s', (_name, startServer) => {
  /** Starts with a handler that keeps what it gets. */
  async function start(options: Partial<ReceiverOptions> = {}, handle: Handle = () => undefined) {
    const events: WebhookEvent[] = [];
    server = await startServer({ secret: SECRET, now: () => SENT_AT, ...options }, async (event) => {
      events.push(event);
      await handle(event);
    });
    return { url: server.url, events };
  }

  it('a handler gets the verified event, and the delivery is answered with 2xx', async () => {
    const { url, events } = await start();
    const { status } = await send(url, signedRequest({ attemptNumber: 2 }));
    expect(status).toBe(204);
    expect(events).toEqual([
      {
        ...JSON.parse(BODY),
        id: 'wh_997jtgfn_5',
        attempt: 2,
        timestamp: Math.floor(SENT_AT / 1000),
        signedBy: 'standard',
        rawBody: BODY,
      },
    ]);
  });

  it('the body is verified as it came, also when a parser would write it otherwise', async () => {
    const { url, events } = await start();
    const spaced = BODY.replace('"card":', '  "card" :\n').replace('Žofie', '\\u017dofie');
    expect((await send(url, signedRequest({ body: spaced }))).status).toBe(204);
    expect(events[0]?.rawBody).toBe(spaced);
  });

  it('the content type does not matter, nor that it is missing', async () => {
    const { url, events } = await start();
    const { body, headers } = signedRequest();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', null]) {
      expect(
        (await send(url, { body, headers: withHeaders(headers, { 'content-type': type }) })).status,
      ).toBe(204);
    }
    expect(events).toHaveLength(3);
  });

  it('a forged request is answered with 401 and why, and reaches no handler', async () => {
    const { url, events } = await start();
    const { body, headers } = signedRequest();
    const changed = Buffer.from(body.toString().replace('45', '46'));
    const answer = await send(url, { body: changed, headers });
    expect(answer).toMatchObject({
      status: 401,
      text: 'The signature in webhook-signature does not match\n',
    });
    expect(answer.type).toMatch(/^text\/plain/);
    const old = signedRequest({ atMs: SENT_AT - 400_000 });
    expect(await send(url, old)).toMatchObject({
      status: 401,
      text: expect.stringContaining('Sent 400 s ago'),
    });
    const unsigned = signedRequest({ secret: null });
    expect(await send(url, unsigned)).toMatchObject({
      status: 401,
      text: 'The header webhook-signature is missing\n',
    });
    expect(
      await send(url, { body: Buffer.alloc(0), headers: withHeaders(headers, { 'content-length': '0' }) }),
    ).toMatchObject({
      status: 401,
    });
    expect(events).toEqual([]);
    expect((await send(url, { body, headers })).status).toBe(204);
  });

  it('a signed body that is no event is answered with 400', async () => {
    const { url, events } = await start();
    const answer = await send(url, signedRequest({ body: '{"data":' }));
    expect(answer).toMatchObject({ status: 400, text: 'The body is not JSON\n' });
    expect(events).toEqual([]);
  });

  it.each([
    ['announced', {}],
    ['sent in chunks', { 'content-length': null, 'transfer-encoding': 'chunked' }],
  ])('a body that is too long, %s, is answered with 413', async (_, change) => {
    const { url, events } = await start({ maxBodyBytes: BODY.length + 100 });
    const { body, headers } = signedRequest({ body: BODY.replace('Žofie', 'x'.repeat(200)) });
    const answer = await send(url, { body, headers: withHeaders(headers, change) });
    expect(answer.status).toBe(413);
    expect(events).toEqual([]);
    const short = signedRequest();
    expect((await send(url, { ...short, headers: withHeaders(short.headers, change) })).status).toBe(204);
  });

  it('the longest body that Latchhook sends has room', async () => {
    const { url, events } = await start();
    const body = BODY.replace('Žofie', 'x'.repeat(65_480));
    expect((await send(url, signedRequest({ body }))).status).toBe(204);
    expect(events[0]?.rawBody).toHaveLength(body.length);
  });

  it('a handler that fails, at once or later, is answered with 500, so that Latchhook tries again', async () => {
    let failures = 2;
    const { url, events } = await start({}, (event) => {
      failures -= 1;
      if (failures === 1) throw new Error(`no room for ${event.id}`);
      if (failures === 0) return Promise.reject(new Error('the database is away'));
    });
    const statuses: (number | undefined)[] = [];
    for (let attemptNumber = 1; attemptNumber <= 3; attemptNumber++) {
      statuses.push((await send(url, signedRequest({ attemptNumber }))).status);
    }
    expect(statuses).toEqual([500, 500, 204]);
    expect(events.map(({ id, attempt }) => [id, attempt])).toEqual([
      ['wh_997jtgfn_5', 1],
      ['wh_997jtgfn_5', 2],
      ['wh_997jtgfn_5', 3],
    ]);
  });

  it('two secrets fit while one is being replaced', async () => {
    const { url } = await start({ secret: ['the-old-secret-of-ours', SECRET] });
    expect((await send(url, signedRequest())).status).toBe(204);
    expect((await send(url, signedRequest({ secret: 'the-old-secret-of-ours' }))).status).toBe(204);
    expect((await send(url, signedRequest({ secret: 'a-third-secret-of-ours' }))).status).toBe(401);
  });

  it('a panel that signs by itself is taken where that is asked for', async () => {
    const { url, events } = await start({ require: 'panel' });
    const { body, headers } = signedRequest();
    expect((await send(url, { body, headers: asPanel(headers) })).status).toBe(204);
    expect(events[0]).toMatchObject({ id: null, signedBy: 'panel' });
  });

  it('nothing starts without a secret, or with an impossible limit', async () => {
    await expect(async () => start({ secret: '' })).rejects.toThrow(
      'a secret must be a string, and not empty',
    );
    await expect(async () => start({ maxBodyBytes: 0 })).rejects.toThrow(
      'maxBodyBytes must be a number above 0',
    );
  });
});
