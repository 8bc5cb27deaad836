import { chmod, copyFile, mkdir, open as openFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { endProcesses, type ProcessOptions, spawnProcess, startProcess } from '../support/process.js';
import { Client } from './client.js';
import { Door, dataFolder } from './site.js';

const TYPE = EVENT_TYPES[0] ?? '';
const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');
/** What root may do to any file is taken away from the process. */
const AS_ANYBODY = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all'] : [];

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await endProcesses();
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function folder(): Promise<string> {
  const { path, remove } = await dataFolder();
  opened.push({ close: remove });
  return path;
}

/** A folder in which a server has run. */
async function usedFolder(): Promise<string> {
  const path = await folder();
  const server = await startProcess({ dataDir: path });
  await Client.logIn(server.url);
  server.kill('SIGTERM');
  expect((await server.exited).code).toBe(0);
  return path;
}

/** Starts what must not start, and returns its one line. */
async function refusal(options: ProcessOptions): Promise<string> {
  const server = spawnProcess(options);
  const exit = await server.exited;
  expect({ ...exit, stdout: server.stdout, lines: server.stderr.length }).toEqual({
    code: 1,
    signal: null,
    stdout: [],
    lines: 1,
  });
  return server.stderr[0] ?? '';
}

async function overwrite(file: string, at: number, bytes: Buffer): Promise<void> {
  const handle = await openFile(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

test('a second server on the same data folder is refused, and the first goes on', async () => {
  const dataDir = await folder();
  const door = await Door.open([TYPE], 200);
  opened.push({ close: () => door.receiver.close() });
  const first = await startProcess({ dataDir });
  const client = await Client.logIn(first.url);
  await client.createWebhook(door.receiver.url, [TYPE]);

  expect(await refusal({ dataDir })).toBe(
    `latchhook: another Latchhook server is running on the data directory ${dataDir}`,
  );

  expect((await client.post({ event_type: TYPE, data: { n: 1 } })).status).toBe(202);
  await door.has([1]);
  expect(door.arrivals).toHaveLength(1);
});

test('a server killed with kill -9 leaves no lock behind', async () => {
  const dataDir = await folder();
  const first = await startProcess({ dataDir });
  first.kill('SIGKILL');
  await first.exited;
  const client = await Client.logIn((await startProcess({ dataDir })).url);
  expect((await client.post({ event_type: TYPE, data: { n: 1 } })).status).toBe(202);
});

test('a wrong secret key is refused with the name of the file to copy, and the right one still works', async () => {
  const dataDir = await usedFolder();
  const line = await refusal({ dataDir, env: { LATCHHOOK_SECRET_KEY: OTHER_KEY } });
  expect(line).toContain('encrypted with another key');
  expect(line).toContain(
    `copy the secret key file that belongs to this database to ${join(dataDir, 'secret.key')}`,
  );
  expect(line).not.toContain(OTHER_KEY);
  await startProcess({ dataDir });
});

test('a secret key that is none is refused with its rule, and is not shown', async () => {
  const line = await refusal({ dataDir: await folder(), env: { LATCHHOOK_SECRET_KEY: 'not-a-key-at-all' } });
  expect(line).toBe('latchhook: LATCHHOOK_SECRET_KEY must be 32 bytes in base64 or hex');
});

test('a data folder that cannot be written is refused with its name', async () => {
  const dataDir = await folder();
  await chmod(dataDir, 0o500);
  const line = await refusal({ dataDir, through: AS_ANYBODY });
  expect(line).toContain(dataDir);
  expect(line).toContain('permission denied');
});

test('a data folder below a file is refused with its name', async () => {
  const file = join(await folder(), 'file');
  await writeFile(file, '');
  expect(await refusal({ dataDir: join(file, 'data') })).toContain(join(file, 'data'));
});

test('a database that cannot be written is refused with its name', async () => {
  const dataDir = await usedFolder();
  for (const name of await readdir(dataDir)) await chmod(join(dataDir, name), 0o400);
  await chmod(dataDir, 0o500);
  const line = await refusal({ dataDir, through: AS_ANYBODY });
  expect(line).toContain(dataDir);
  expect(line).toContain('must be writable');
});

test.each<[string, (file: string) => Promise<void>]>([
  ['has another head', (file) => overwrite(file, 0, Buffer.from('no database at all'))],
  ['was cut short', (file) => truncate(file, 5 * 4096)],
  ['has pages of nonsense', (file) => overwrite(file, 100, Buffer.alloc(60_000, 0xa5))],
  [
    'is something else',
    (file) => writeFile(file, 'a letter to the caretaker, long enough to be a page\n'.repeat(200)),
  ],
])('a database that %s is refused with its name, and is left as it is', async (_name, damage) => {
  const dataDir = await usedFolder();
  const file = join(dataDir, 'latchhook.db');
  const copy = join(await folder(), 'sound.db');
  await copyFile(file, copy);

  await damage(file);
  const line = await refusal({ dataDir });
  expect(line).toContain(file);
  expect(line).toContain('is damaged');

  // Once the file is put back as it was, the server runs again.
  await copyFile(copy, file);
  await Client.logIn((await startProcess({ dataDir })).url);
});

test('a damaged lock is refused with its name', async () => {
  const dataDir = await folder();
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'latchhook.lock'), 'x'.repeat(5_000));
  expect(await refusal({ dataDir })).toContain(join(dataDir, 'latchhook.lock'));
});
