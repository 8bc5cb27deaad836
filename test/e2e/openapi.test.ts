import { createHash } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenApiOperation, responseOf } from '../../src/api/openapi/document.js';
import { publishedDocument } from '../../src/api/openapi/published.js';
import { CONSOLE_ADDRESSES, CONSOLE_ASSETS } from '../../src/api/routes/console.js';
import { ERRORS, type ErrorCode } from '../../src/domain/errors.js';
import { Documented } from '../support/documented.js';
import { startTestServer, type TestServer } from '../support/server.js';

const document = publishedDocument();
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, op]): [name: string, op: OpenApiOperation] => [
    `${method.toUpperCase()} ${path}`,
    op,
  ]),
);

let server: TestServer;
/** As the server itself counts them; `HEAD` goes with `GET`. */
const routes: string[] = [];
beforeAll(async () => {
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', ({ method, url }) => {
      const path = url.replaceAll(/:(\w+)/g, '{$1}');
      for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${path}`);
    });
  };
  subscribe('fastify.initialization', watch);
  server = await startTestServer();
  unsubscribe('fastify.initialization', watch);
});
afterAll(() => server.stop());

describe('the OpenAPI document', () => {
  test('is served to anyone', async () => {
    const answer = await server.call('GET', '/openapi.json');

    expect(answer.status).toBe(200);
    expect(answer.json).toEqual({ ...JSON.parse(JSON.stringify(document)), servers: [{ url: '/' }] });
  });

  test('has every route of the server but the console, and the server every call of it', () => {
    const pages = [...CONSOLE_ADDRESSES, CONSOLE_ASSETS].map((url) => url.replaceAll(/:(\w+)/g, '{$1}'));
    const documented = calls.map(([name]) => name);

    expect(documented.length).toBeGreaterThan(30);
    expect([...documented, ...pages.map((path) => `GET ${path}`)].sort()).toEqual(routes.sort());
  });

  test('gives each call a name of its own', () => {
    const names = calls.map(([, { operationId }]) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has every error of the catalogue', () => {
    const said = new Set<unknown>();
    for (const [, { responses }] of calls) {
      for (const given of Object.values(responses)) {
        const { examples = {} } = responseOf(given, document).content?.['application/json'] ?? {};
        for (const code of Object.keys(examples)) said.add(code);
      }
    }
    // No call has these: no path is theirs.
    const pathless: ErrorCode[] = ['not-found', 'method-not-allowed'];
    expect(Object.keys(ERRORS).filter((code) => !said.has(code))).toEqual(pathless);
  });

  test.each(calls)('has examples of %s that fit what it says', (_, op) => {
    const documented = new Documented(document);
    const body = op.requestBody?.content['application/json'];
    const answers = Object.values(op.responses).map((given) => responseOf(given, document));
    const contents = [body, ...answers.flatMap(({ content }) => Object.values(content ?? {}))];
    for (const content of contents) {
      if (!content) continue;
      const values =
        content.example === undefined
          ? Object.values(content.examples ?? {}).map(({ value }) => value)
          : [content.example];
      expect(values).not.toEqual([]);
      for (const value of values) {
        expect([value, documented.schemaFault(content.schema, value)]).toEqual([value, null]);
      }
    }
  });

  test('is held against every answer in these tests', () => {
    const documented = new Documented(document);
    const answer = (json: unknown, status = 200) => ({
      status,
      contentType: 'application/json; charset=utf-8',
      text: JSON.stringify(json),
    });

    expect(documented.fault('POST', '/api/v1/webhooks', answer({ item_uid: 1 }))).toBeNull();
    expect(documented.fault('POST', '/api/v1/webhooks', answer({ item_uid: 0 }))).toContain('must be >= 1');
    expect(documented.fault('POST', '/api/v1/webhooks', answer({ item_uid: 1, more: 1 }))).toContain(
      'must NOT have additional properties',
    );
    expect(documented.fault('POST', '/api/v1/webhooks', answer({ item_uid: 1 }, 201))).toContain(
      'no such answer',
    );
    expect(documented.fault('GET', '/api/v1/webhooks/1?x', answer({ error: 'Log In' }, 401))).toBeNull();
    expect(documented.fault('GET', '/api/v1/webhooks/1?x', answer({ error: 'Log in' }, 401))).not.toBeNull();
    expect(documented.fault('GET', '/nowhere', answer({ error: 'Not found' }, 404))).toBeNull();
    expect(documented.fault('GET', '/nowhere', answer({}))).toContain('no such answer');
    expect(documented.fault('GET', '/docs', answer({}))).toContain('content type');
  });
});

describe('the page at /docs', () => {
  test('has every call with its texts, and nothing that is loaded or run', async () => {
    const { text } = await server.call('GET', '/docs');

    for (const [, { operationId }] of calls) expect(text).toContain(`<section id="${operationId}">`);
    expect(text).toContain('Wrong JSON body: no value for url');
    expect(text).not.toMatch(/<(script|link|img|iframe|object)\b|\b(src|on\w+)=|url\(|@import/i);
    expect([...text.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).not.toContainEqual(
      expect.stringMatching(/^[a-z]+:|^\/\//i),
    );
  });

  test('may use its own style and nothing else', async () => {
    const { text, headers } = await server.call('GET', '/docs');

    const style = /<style>([\s\S]*?)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style).not.toBe('');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});
