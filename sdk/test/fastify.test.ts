import fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { webhookReceiver } from '../src/fastify.js';
import { SECRET, SENT_AT, signedRequest } from './support/signed-request.js';

const options = { secret: SECRET, now: () => SENT_AT };

let app: FastifyInstance | undefined;
afterEach(() => app?.close());

/** Starts the server and posts to it. */
async function post(path: string, body: BodyInit, headers: [string, string][]): Promise<string> {
  const address = await app?.listen({ port: 0, host: '127.0.0.1' });
  return (await fetch(`${address}${path}`, { method: 'POST', body, headers })).text();
}

it('the routes outside of its scope keep their body parsers and need no signature', async () => {
  app = fastify();
  await app.register(async (hooks) => {
    await hooks.register(webhookReceiver, options);
    hooks.post('/hook', async () => 'verified');
  });
  app.post('/other', async (request) => ({ parsed: request.body, webhook: request.webhook }));
  expect(await post('/other', '{"a":1}', [['content-type', 'application/json']])).toBe('{"parsed":{"a":1}}');
});

it('a JSON parser of the whole server does not stand in its way', async () => {
  app = fastify();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, _body, done) =>
    done(null, {}),
  );
  await app.register(async (hooks) => {
    await hooks.register(webhookReceiver, options);
    hooks.post(
      '/hook',
      async (request) => `${request.webhook.event_id} in ${(request.body as Buffer).length} bytes`,
    );
  });
  const { body, headers } = signedRequest();
  expect(await post('/hook', body, headers)).toBe(`45 in ${body.length} bytes`);
});

it('two webhooks with secrets of their own live beside each other', async () => {
  app = fastify();
  for (const [path, secret] of [
    ['/gate', SECRET],
    ['/garage', 'the-garage-has-another'],
  ] as const) {
    await app.register(async (hooks) => {
      await hooks.register(webhookReceiver, { ...options, secret });
      hooks.post(path, async () => `from ${path}`);
    });
  }
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const { body, headers } = signedRequest({ secret: 'the-garage-has-another' });
  const statuses = ['/garage', '/gate'].map(async (path) => {
    return (await fetch(address + path, { method: 'POST', body, headers })).status;
  });
  expect(await Promise.all(statuses)).toEqual([200, 401]);
});
