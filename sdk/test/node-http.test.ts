import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createReceiver, type NodeReceiverOptions } from '../src/node-http.js';
import { listen, type RunningServer } from './support/servers.js';
import { BODY, SECRET, SENT_AT, signedRequest } from './support/signed-request.js';

let server: RunningServer | undefined;
afterEach(() => server?.close());

async function start(handler: () => void, options: Partial<NodeReceiverOptions> = {}): Promise<string> {
  server = await listen(
    http.createServer(createReceiver(handler, { secret: SECRET, now: () => SENT_AT, ...options })),
  );
  return server.url;
}

it('what is not a POST is answered with 405', async () => {
  const url = await start(() => undefined);
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([405, 'Webhooks are sent with POST\n']);
});

it('what the handler threw goes to onError, and no word of it to the sender', async () => {
  const errors: unknown[] = [];
  const failure = new Error('password of the database is wrong');
  const url = await start(
    () => {
      throw failure;
    },
    { onError: (error) => errors.push(error) },
  );
  const response = await fetch(url, { method: 'POST', ...signedRequest() });
  expect([response.status, await response.text()]).toEqual([500, 'The event could not be handled\n']);
  expect(errors).toEqual([failure]);
});

it('the request comes with the event', async () => {
  const paths: (string | undefined)[] = [];
  const receive = createReceiver<http.IncomingMessage>((_event, request) => paths.push(request.url), {
    secret: SECRET,
    now: () => SENT_AT,
  });
  server = await listen(http.createServer(receive));
  await fetch(`${server.url}?panel=7`, { method: 'POST', ...signedRequest() });
  expect(paths).toEqual(['/hook?panel=7']);
});

it('a body that is cut off reaches neither handler nor onError, and the next request is served', async () => {
  const calls: string[] = [];
  const listener = createReceiver(() => calls.push('handled'), {
    secret: SECRET,
    now: () => SENT_AT,
    onError: () => calls.push('error'),
  });
  const web = http.createServer(listener);
  server = await listen(web);
  const arrived = once(web, 'request');
  const socket = net.connect(Number(new URL(server.url).port), '127.0.0.1');
  const head = signedRequest().headers.map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /hook HTTP/1.1\r\nHost: x\r\n${head.join('')}\r\n${BODY.slice(0, 20)}`);
  const [, response] = await arrived;
  const closed = once(response, 'close');
  socket.destroy();
  await closed;
  expect((await fetch(server.url, { method: 'POST', ...signedRequest() })).status).toBe(204);
  expect(calls).toEqual(['handled']);
});
