import http from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { afterEach, expect, it } from 'vitest';
import { webhookReceiver } from '../src/express.js';
import { listen, type RunningServer } from './support/servers.js';
import { SECRET, SENT_AT, signedRequest } from './support/signed-request.js';

let server: RunningServer | undefined;
afterEach(() => server?.close());

const receiver = () => webhookReceiver({ secret: SECRET, now: () => SENT_AT });

/** Adds the route and posts to it; what the route said, or the error that reached Express. */
async function post(app: Express): Promise<string> {
  app.post('/hook', receiver(), (request, response) => {
    response.send(`event ${request.webhook.event_id}`);
  });
  app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
    response.status(500).send(`${error.name}: ${error.message}`);
  });
  server = await listen(http.createServer(app));
  const { body, headers } = signedRequest();
  const response = await fetch(server.url, { method: 'POST', body, headers });
  return response.text();
}

it('a JSON parser before it is told as the mistake that it is', async () => {
  const said = await post(express().use(express.json()));
  expect(said).toBe(
    'TypeError: the body was read before it could be verified: verify before any body parser',
  );
});

it('a text parser before it is one too, since it may have changed the bytes', async () => {
  expect(await post(express().use(express.text({ type: () => true })))).toContain(
    'TypeError: the body was read',
  );
});

it('a raw parser before it is fine, and a JSON parser for other routes', async () => {
  expect(await post(express().use(express.raw({ type: () => true })))).toBe('event 45');
  await server?.close();
  expect(await post(express().use('/other', express.json()))).toBe('event 45');
});

it('a middleware that has read from the stream is told of', async () => {
  const app = express().use((request, _response, next) => {
    request.resume().once('end', () => next());
  });
  expect(await post(app)).toContain('TypeError: the body was read');
});
