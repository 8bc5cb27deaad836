import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { webhookReceiver } from '../src/hono.js';
import { SECRET, SENT_AT, signedRequest } from './support/signed-request.js';

const receiver = () => webhookReceiver({ secret: SECRET, now: () => SENT_AT, maxBodyBytes: 1000 });

/** What the app answers without any server, as it does in a worker. */
async function post(app: Hono, body: BodyInit): Promise<{ status: number; text: string }> {
  app.post('/hook', receiver(), (c) => c.text(`event ${c.get('webhook').event_id}`));
  app.onError((error, c) => c.text(`${error.name}: ${error.message}`, 500));
  const { headers } = signedRequest();
  const init = { method: 'POST', body, headers: headers.filter(([name]) => name !== 'Content-Length') };
  const response = await app.request('/hook', { ...init, duplex: 'half' } as RequestInit);
  return { status: response.status, text: await response.text() };
}

it('it verifies where there is no server of Node', async () => {
  expect(await post(new Hono(), signedRequest().body)).toEqual({ status: 200, text: 'event 45' });
});

it('a middleware that has read the body before is told as the mistake that it is', async () => {
  const app = new Hono();
  app.use(async (c, next) => {
    await c.req.json();
    await next();
  });
  const { status, text } = await post(app, signedRequest().body);
  expect(status).toBe(500);
  expect(text).toBe(
    'TypeError: the body was read before it could be verified: verify before any body parser',
  );
});

it('a stream without end is left as soon as it is too long', async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(600)),
    cancel: () => {
      cancelled = true;
    },
  });
  expect(await post(new Hono(), endless)).toEqual({
    status: 413,
    text: 'The body is longer than 1000 bytes\n',
  });
  expect(cancelled).toBe(true);
});
