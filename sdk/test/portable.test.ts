import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SECRET, SENT_AT, signedRequest } from './support/signed-request.js';

const DIST = new URL('../dist/', import.meta.url);
/** What every web platform has, and nothing of Node: no Buffer, process, require or global. */
const WEB_GLOBALS = { crypto, TextEncoder, TextDecoder, Headers, atob, btoa };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchhook-sdk-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One script without imports, as a bundler makes it for a browser. */
async function bundled(entry: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      minify: false,
      lib: { entry: new URL(entry, DIST).pathname, formats: ['iife'], name: 'sdk', fileName: 'bundle' },
    },
  });
  return readFile(join(folder, 'bundle.iife.js'), 'utf8');
}

describe('what is built', () => {
  it('imports nothing but its own files', async () => {
    const files = (await readdir(DIST, { recursive: true })).filter((name) => name.endsWith('.js'));
    expect(files).toEqual(expect.arrayContaining(['index.js', 'verify.js', 'express.js', 'hono.js']));
    for (const file of files) {
      const text = await readFile(new URL(file, DIST), 'utf8');
      const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, from]) => from);
      expect([file, imports.filter((from) => !/^\.\//.test(from ?? ''))]).toEqual([file, []]);
      expect([file, /\b(?:Buffer|process|require|global)\b[.(]/.exec(text)]).toEqual([file, null]);
    }
  });

  it('has a door and types for each name in its package.json', async () => {
    const { exports } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
      exports: Record<string, { types: string; default: string }>;
    };
    expect(Object.keys(exports)).toEqual([
      '.',
      './verify',
      './client',
      './express',
      './fastify',
      './hono',
      './node-http',
    ]);
    for (const [name, door] of Object.entries(exports)) {
      const module: object = await import(`@latchhook/sdk${name.slice(1)}`);
      const path = import.meta.resolve(`@latchhook/sdk${name.slice(1)}`);
      expect(path.endsWith(door.default.slice(1))).toBe(true);
      expect(Object.keys(module)).not.toEqual([]);
      expect(await readFile(new URL(door.types, new URL('../', DIST)), 'utf8')).toContain('export');
    }
  });
});

describe('bundled into one script', () => {
  it.each(['index.js', 'verify.js'])(
    '%s verifies and refuses where there is nothing but web globals',
    async (entry) => {
      const script = await bundled(entry);
      const { body, headers } = signedRequest();
      const context = createContext({ ...WEB_GLOBALS, body: new Uint8Array(body), headers, SECRET, SENT_AT });
      expect(runInContext('typeof Buffer + typeof process + typeof require', context)).toBe(
        'undefined'.repeat(3),
      );
      runInContext(script, context);
      const outcome: unknown = await runInContext(
        `(async () => {
        const now = () => SENT_AT;
        const event = await sdk.verify(body, new Headers(headers), SECRET, { now });
        const panel = await sdk.verify(body.buffer, headers, SECRET, { now, require: 'panel' });
        const whsec = 'whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB';
        const refused = await sdk.verify(body, headers, whsec, { now }).catch((error) => error);
        return JSON.stringify([
          event.id, event.data.owner, panel.signedBy, refused.code,
          refused instanceof sdk.WebhookVerificationError, refused instanceof Error,
        ]);
      })()`,
        context,
      );
      expect(JSON.parse(String(outcome))).toEqual([
        'wh_997jtgfn_5',
        'Žofie 王',
        'panel',
        'bad-signature',
        true,
        true,
      ]);
    },
  );

  it('the verifier leaves the plug-ins and the rest behind', async () => {
    const script = await bundled('verify.js');
    expect(script).toContain('bad-signature');
    expect(script).not.toContain('webhookReceiver');
    expect(script).not.toContain('node:');
  });
});
