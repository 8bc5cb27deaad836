import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD, endProcesses, startProcess } from '../../test/support/process.js';
import { refusingUrl } from '../../test/support/receiver.js';
import { BODY, SECRET, signedRequest } from './support/signed-request.js';

const SDK = new URL('../', import.meta.url);
const README = await readFile(new URL('README.md', SDK), 'utf8');
/** The examples by the heading that they stand under, word for word. */
const EXAMPLES = new Map(
  README.split(/^#{2,3} /m).flatMap((section) => {
    const code = /```js\n([\s\S]*?)```/.exec(section)?.[1];
    return code === undefined ? [] : [[section.slice(0, section.indexOf('\n')), code] as const];
  }),
);
const SERVERS = ['node:http', 'Express', 'Fastify', 'Hono'];
const SEEN = "log.door_was_opened { card: 12345678901234567000, owner: 'Žofie 王' }\n";

/** Within the package, so that its name and those of the servers resolve as they do for its users. */
let folder: string;
beforeAll(async () => {
  const modules = fileURLToPath(new URL('node_modules/', SDK));
  await mkdir(modules, { recursive: true });
  folder = await mkdtemp(join(modules, '.readme-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileOf(example: string): Promise<string> {
  const file = join(folder, `${example.replace(':', '-')}.mjs`);
  await writeFile(file, EXAMPLES.get(example) ?? '');
  return file;
}

/** Starts an example in a process of its own; resolves when its port is open. */
async function start(example: string) {
  const url = new URL('/hook', await refusingUrl());
  const env = { ...process.env, PORT: url.port, WEBHOOK_SECRET: SECRET, FORCE_COLOR: '0' };
  const child = spawn(process.execPath, [await fileOf(example)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  await opened(url, child, () => output);
  return { url, printed: () => output, end: () => end(child) };
}

async function opened(url: URL, child: ChildProcess, output: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the example ended: ${output()}`);
    const isOpen = await fetch(new URL('/', url)).then(
      () => true,
      () => false,
    );
    if (isOpen) return;
  }
}

async function end(child: ChildProcess): Promise<void> {
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

describe('an example of the README', () => {
  it.each(SERVERS)('runs as it stands: %s', async (name) => {
    const example = await start(name);
    try {
      const { body, headers } = signedRequest({ atMs: Date.now() });
      const send = async (bytes: Buffer<ArrayBuffer>) =>
        (await fetch(example.url, { method: 'POST', headers, body: bytes })).status;
      expect(await send(body)).toBe(204);
      expect(await send(Buffer.from(BODY.replace('45', '46')))).toBe(401);
      if (name === 'Express') expect(await send(body)).toBe(204);
    } finally {
      await example.end();
    }
    expect(example.printed()).toBe(SEEN);
  });

  it('runs as it stands: Verify, where a platform calls fetch', async () => {
    const example: { default: { fetch(request: Request, env: object): Promise<Response> } } = await import(
      await fileOf('Verify')
    );
    const { body, headers } = signedRequest({ atMs: Date.now() });
    const call = (bytes: Buffer<ArrayBuffer>) => {
      const request = new Request('https://receiver.example/hook', { method: 'POST', headers, body: bytes });
      return example.default.fetch(request, { WEBHOOK_SECRET: SECRET });
    };
    expect((await call(body)).status).toBe(204);
    const refused = await call(Buffer.from(BODY.replace('45', '46')));
    expect([refused.status, await refused.text()]).toEqual([
      401,
      'The signature in webhook-signature does not match',
    ]);
  });

  it('runs as it stands: Client', async () => {
    const dataDir = join(folder, 'data');
    const server = await startProcess({ dataDir });
    try {
      const env = { ...process.env, LATCHHOOK_URL: server.url, LATCHHOOK_PASSWORD: ADMIN_PASSWORD };
      const run = () => promisify(execFile)(process.execPath, [clientFile], { env });
      const clientFile = await fileOf('Client');
      const first = await run();
      const again = await run();

      expect(first.stdout).toBe('webhook 1\n1 pending log.door_was_opened\n');
      expect(again.stdout).toBe('refused: Webhook with the same URL already exists\n');
    } finally {
      await endProcesses();
    }
  });

  it('is not left out: each one has been run here', () => {
    expect([...EXAMPLES.keys()]).toEqual(['Verify', ...SERVERS, 'Client']);
    expect(README.match(/```\w/g)).toHaveLength(EXAMPLES.size);
  });
});

it('the README has each code of an error, and no other', async () => {
  const source = await readFile(new URL('src/errors.ts', SDK), 'utf8');
  const union = /WebhookVerificationCode =([^;]+);/.exec(source)?.[1] ?? '';
  const codes = [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code);
  const documented = [...README.matchAll(/^\| `([a-z]+(?:-[a-z]+)+)` \| `Webhook/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(documented.toSorted()).toEqual(codes.toSorted());
});
