import { once } from 'node:events';
import http from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

const LIMIT = 8 * 1024 * 1024 - 100;
const TYPE = 'log.tamper_event';

let server: TestServer;
let authorization: string;

beforeEach(async () => {
  server = await startTestServer();
  const made = await server.admin('POST', '/api/v1/keys', { name: 'panel', scopes: ['events:write'] });
  authorization = `Bearer ${(made.json as { key: string }).key}`;
});

afterEach(() => server.stop());

const fill = (text: string, bytes = LIMIT) => text.repeat(Math.floor(bytes / text.length));
const post = (body: string) => server.call('POST', '/api/v1/events', { body, headers: { authorization } });

test.each([
  ['of empty objects', `[${fill('{},')}{}]`, 'Too many events'],
  ['of numbers', `[${fill('0,')}0]`, 'Too many events'],
  ['of arrays 126 deep', `[${fill(`${'['.repeat(126)}${']'.repeat(126)},`)}0]`, 'Too many events'],
  ['of one item full of objects', `[[${fill('{},')}{}]]`, 'Wrong JSON body (item 0)'],
  ['of brackets alone', fill('['), 'Wrong JSON body'],
  ['that ends in the middle', `[{},[${fill('{},')}`, 'Wrong JSON body'],
  [
    'with data full of objects',
    `{"event_type":"${TYPE}","data":{"x":[${fill('{},')}{}]}}`,
    'Event data too large',
  ],
])('a key of a panel that posts 8 MiB %s is refused, and can go on reporting', async (_, body, error) => {
  expect(await post(body)).toMatchObject({ status: 400, json: { error } });
  expect(await post(`{"event_type":"${TYPE}"}`)).toMatchObject({ status: 202 });
});

test('an event with 8 MiB of members that nobody knows is accepted', async () => {
  const members = Array.from({ length: 600_000 }, (_, n) => `"${n.toString(36)}":0`).join();
  expect(await post(`{"event_type":"${TYPE}",${members}}`)).toMatchObject({ status: 202 });
});

test('another request is answered while a body of millions of objects is judged', async () => {
  const body = `[[${fill('{},')}{}]]`;
  const order: string[] = [];
  const request = http.request(`${server.url}/api/v1/events`, {
    method: 'POST',
    headers: { authorization, 'content-length': body.length },
  });
  await new Promise((resolve) => request.write(body.slice(0, -1), resolve));
  const refused = once(request, 'response').then((args) => {
    const response = args[0] as http.IncomingMessage;
    order.push('body');
    response.resume();
    expect(response.statusCode).toBe(400);
  });

  request.end(body.slice(-1));
  await server.call('GET', '/api/info').then(() => order.push('info'));
  await refused;

  expect(order).toEqual(['info', 'body']);
});

test('a call that takes no events refuses a body of more values than any such call can have', async () => {
  expect(await server.admin('POST', '/api/v1/webhooks', `{"x":[${fill('0,', 24_000)}0]}`)).toMatchObject({
    status: 400,
    json: { error: 'Wrong JSON body' },
  });
});
