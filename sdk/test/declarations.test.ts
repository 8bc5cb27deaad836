import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const TSC = createRequire(import.meta.url).resolve('typescript/bin/tsc');

const VERIFIES = `
import { verify, verifier, WebhookTimestampError, type EventType, type WebhookEvent } from '@latchhook/sdk';
import { verify as same } from '@latchhook/sdk/verify';
export async function receive(body: Uint8Array, secret: string | string[]): Promise<EventType | string> {
  const event: WebhookEvent = await verify(body, { 'webhook-id': ['wh_1'], other: undefined }, secret, { require: 'any' });
  const id: string | null = event.id;
  await verifier(secret, { toleranceSeconds: 5 })(body, new Headers());
  // @ts-expect-error what a parser has made of the body
  await same({ data: {} }, new Map([['a', 'b']]), secret).catch((e: WebhookTimestampError) => e.ageSeconds);
  return id ?? event.event_type;
}`;

const SERVES = `
import { createServer } from 'node:http';
import { createReceiver } from '@latchhook/sdk/node-http';
export const server = createServer(createReceiver((event) => console.log(event.data['owner']), { secret: 'x' }));`;

const FRAMEWORKS = `
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';
import { webhookReceiver as forExpress } from '@latchhook/sdk/express';
import { webhookReceiver as forFastify } from '@latchhook/sdk/fastify';
import { webhookReceiver as forHono } from '@latchhook/sdk/hono';
const options = { secret: ['x'] };
export const a = express().post('/', forExpress(options), (request, response) => {
  response.json(request.webhook.created_at.toFixed());
});
export const b = fastify().register(async (hooks) => {
  await hooks.register(forFastify, options);
  // @ts-expect-error without a secret
  await hooks.register(forFastify, {});
  hooks.post('/', async (request) => request.webhook.created_at.toFixed());
});
export const c = new Hono().post('/', forHono(options), (c) => c.text(c.get('webhook').created_at.toFixed()));`;

let folder: string;
beforeAll(async () => {
  const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
  await mkdir(modules, { recursive: true });
  folder = await mkdtemp(join(modules, '.declarations-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the compiler says about a program of a user, as strict as it can be. */
async function compile(program: string, options: { lib: string[]; types: string[]; skipLibCheck?: boolean }) {
  await writeFile(join(folder, 'program.ts'), program);
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noEmit: true },
    ...{ module: 'NodeNext', target: 'ES2022' },
    ...options,
  };
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }));
  const done = promisify(execFile)(process.execPath, [TSC, '-p', folder]);
  return done.then(
    () => 'compiles',
    (error: { stdout: string }) => error.stdout,
  );
}

it.each([
  ['of Node, without the web', VERIFIES + SERVES, { lib: ['ES2022'], types: ['node'] }],
  ['of the web, without Node', VERIFIES, { lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [] }],
  // The frameworks' own declarations need not be flawless.
  ['with the frameworks', FRAMEWORKS, { lib: ['ES2022'], types: ['node'], skipLibCheck: true }],
])('the declarations fit a program %s', async (_, program, options) => {
  expect(await compile(program, options)).toBe('compiles');
});
