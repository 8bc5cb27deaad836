import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../support/server.js';

/** What a caller is told: to log in, that it may not, or what the route itself says. */
const TABLE: Record<string, Record<Caller, Told>> = {
  open: told({ anonymous: 'in', user: 'in', 'events:write': 'in', read: 'in', admin: 'in' }),
  readers: told({ user: 'in', read: 'in', admin: 'in' }),
  reporters: told({ 'events:write': 'in', admin: 'in' }),
  administrators: told({ admin: 'in' }),
};

type Told = 'log in' | 'may not' | 'in';
type Scoped = 'events:write' | 'read' | 'admin';
type Caller = 'anonymous' | 'stranger' | 'user' | 'administrator' | Scoped | 'events:write and read';

/** `admin`: of an account as of a key. What is left out may not. */
function told(given: Partial<Record<'anonymous' | 'user' | Scoped, Told>>): Record<Caller, Told> {
  const anonymous = given.anonymous ?? 'log in';
  const of = (name: 'user' | Scoped) => given[name] ?? 'may not';
  return {
    anonymous,
    stranger: anonymous,
    user: of('user'),
    administrator: of('admin'),
    'events:write': of('events:write'),
    read: of('read'),
    admin: of('admin'),
    'events:write and read': of('read') === 'in' ? 'in' : of('events:write'),
  };
}

/** A route without a line here fails the test below: whoever adds one says who may call it. */
const WHO_MAY: Record<string, keyof typeof TABLE> = {
  'GET /docs': 'open',
  'GET /openapi.json': 'open',
  'GET /api/info': 'open',
  'GET /health/live': 'open',
  'GET /health/ready': 'open',
  'GET /metrics': 'open',
  'GET /api/v1/login': 'open',
  'POST /api/v1/login': 'open',
  'GET /api/v1/logout': 'readers',
  'POST /api/v1/logout': 'readers',

  'GET /api/v1/webhooks': 'readers',
  'GET /api/v1/webhooks/:uid': 'readers',
  'POST /api/v1/webhooks': 'administrators',
  'PUT /api/v1/webhooks/:uid': 'administrators',
  'DELETE /api/v1/webhooks/:uid': 'administrators',
  'POST /api/v1/webhooks/:uid/test': 'administrators',
  'GET /api/v1/webhooks/events': 'readers',
  'GET /api/v1/webhooks/events/:uid': 'readers',
  'POST /api/v1/webhooks/events/:uid/resend': 'administrators',
  'POST /api/v1/webhooks/events/:uid/cancel': 'administrators',
  'POST /api/v1/resends': 'administrators',
  'GET /api/v1/resends': 'readers',
  'GET /api/v1/resends/:uid': 'readers',
  'DELETE /api/v1/resends/:uid': 'administrators',
  'GET /api/v1/webhooks/events/retry/queue': 'readers',
  'GET /api/v1/webhooks/events/retry/dashboard': 'readers',

  'POST /api/v1/events': 'reporters',
  'GET /api/v1/events': 'readers',
  'GET /api/v1/events/:uid': 'readers',
  'GET /api/v1/event-types': 'readers',
  'GET /api/v1/log/items': 'readers',
  'POST /api/v1/system/data/clear': 'readers',
  'GET /api/v1/statistics': 'readers',
  'GET /api/v1/system': 'readers',
  'GET /api/v1/stream': 'readers',

  'GET /api/v1/users': 'administrators',
  'POST /api/v1/users': 'administrators',
  'PUT /api/v1/users/:uid': 'administrators',
  'DELETE /api/v1/users/:uid': 'administrators',
  'GET /api/v1/keys': 'administrators',
  'POST /api/v1/keys': 'administrators',
  'DELETE /api/v1/keys/:uid': 'administrators',
  'GET /api/v1/audit': 'administrators',

  'GET /': 'open',
  'GET /webhooks': 'open',
  'GET /deliveries': 'open',
  'GET /deliveries/:uid': 'open',
  'GET /retry-queue': 'open',
  'GET /events': 'open',
  'GET /events/:uid': 'open',
  'GET /log': 'open',
  'GET /settings': 'open',
  'GET /settings/:uid': 'open',
  'GET /assets/:uid': 'open',
};

/** As the server itself counts them; `HEAD` goes with `GET`. */
const routes: { method: string; url: string }[] = [];
let server: TestServer;
const headers = {} as Record<Caller, { authorization?: string }>;

beforeAll(async () => {
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push({ method: one, url });
    });
  };
  subscribe('fastify.initialization', watch);
  server = await startTestServer();
  unsubscribe('fastify.initialization', watch);

  const key = async (...scopes: Scoped[]) => {
    const { json } = await server.admin('POST', '/api/v1/keys', { name: scopes.join(), scopes });
    return { authorization: `Bearer ${(json as { key: string }).key}` };
  };
  Object.assign(headers, {
    anonymous: {},
    stranger: { authorization: `Bearer lh_${'x'.repeat(43)}` },
    user: { authorization: await server.account('porter', 'user') },
    administrator: { authorization: await server.account('caretaker', 'admin') },
    'events:write': await key('events:write'),
    read: await key('read'),
    admin: await key('admin'),
    'events:write and read': await key('events:write', 'read'),
  } satisfies typeof headers);
});
afterAll(() => server.stop());

test('every route of the server has a line that says who may call it, and every line a route', () => {
  const served = routes.map(({ method, url }) => `${method} ${url.replaceAll(/:\w+/g, ':uid')}`);

  expect(served.length).toBeGreaterThan(10);
  expect(served.sort()).toEqual(Object.keys(WHO_MAY).sort());
});

test.each(Object.entries(WHO_MAY))('%s is for %s, and for nobody else', async (route, who) => {
  const [method = '', url = ''] = route.split(' ');
  // Of nothing that exists, and without a body: those who may call it change nothing.
  const path = url.replaceAll(':uid', '999999');
  const wanted = TABLE[who];
  const answers: Partial<Record<Caller, Told>> = {};

  for (const caller of Object.keys(headers) as Caller[]) {
    const { status, json } = await server.call(method, path, { headers: headers[caller] });
    answers[caller] = status === 401 ? 'log in' : status === 403 ? 'may not' : 'in';
    if (status === 401) expect(json).toEqual({ error: 'Log In' });
    if (status === 403) expect(json).toEqual({ error: 'Administrator rights required' });
  }

  expect(answers).toEqual(wanted);
});
