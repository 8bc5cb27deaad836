/** The four plug-ins on real sockets, each behind the same few words, so that one suite can hold them all. */
import { once } from 'node:events';
import http, { type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { webhookReceiver as expressReceiver } from '../../src/express.js';
import { webhookReceiver as fastifyReceiver } from '../../src/fastify.js';
import { webhookReceiver as honoReceiver } from '../../src/hono.js';
import { createReceiver } from '../../src/node-http.js';
import type { ReceiverOptions } from '../../src/receive.js';
import type { WebhookEvent } from '../../src/verify.js';

export type Handle = (event: WebhookEvent) => void | Promise<void>;

export interface RunningServer {
  /** Of the route that takes webhooks. */
  url: string;
  close(): Promise<void>;
}

export type StartServer = (options: ReceiverOptions, handle: Handle) => Promise<RunningServer>;

export async function listen(server: Server): Promise<RunningServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return running(server);
}

function running(server: Server): RunningServer {
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const quiet = () => undefined;

export const SERVERS: readonly (readonly [name: string, start: StartServer])[] = [
  [
    'node:http',
    (options, handle) => listen(http.createServer(createReceiver(handle, { ...options, onError: quiet }))),
  ],
  [
    'Express',
    (options, handle) => {
      const app = express().set('env', 'test');
      app.post('/hook', expressReceiver(options), async (request, response) => {
        await handle(request.webhook);
        response.sendStatus(204);
      });
      return listen(http.createServer(app));
    },
  ],
  [
    'Fastify',
    async (options, handle) => {
      const app = fastify();
      await app.register(async (hooks) => {
        await hooks.register(fastifyReceiver, options);
        hooks.post('/hook', async (request, reply) => {
          await handle(request.webhook);
          return reply.code(204).send();
        });
      });
      const address = await app.listen({ port: 0, host: '127.0.0.1' });
      return { url: `${address}/hook`, close: () => app.close() };
    },
  ],
  [
    'Hono',
    async (options, handle) => {
      const app = new Hono();
      app.onError((_error, c) => c.text('failed', 500));
      app.post('/hook', honoReceiver(options), async (c) => {
        await handle(c.get('webhook'));
        return c.body(null, 204);
      });
      const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }) as Server;
      await once(server, 'listening');
      return running(server);
    },
  ],
];
