import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { Client } from '../faults/client.js';
import { afterwards } from '../support/ephemeral.js';
import { folderWith } from '../support/foreign/folder.js';
import { lastAnswer } from '../support/foreign/outcomes.js';
import { freePort, running } from '../support/foreign/running.js';
import { startProcess } from '../support/process.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;

interface Event {
  deliveries: { attempt_log: { request_headers: string | null }[] }[];
}

async function serve(dataDir: string, userAgent: string) {
  const env = { LATCHHOOK_USER_AGENT: userAgent };
  const server = await startProcess({ main: 'dist/src/cli/latchhook.cjs', dataDir, env });
  const stop = async () => {
    server.kill('SIGTERM');
    await server.exited;
  };
  afterwards(stop);
  return { client: await Client.logIn(server.url), stop };
}

test("what Python's own server got is what is shown of the attempt, also by the next release with other settings", async () => {
  const [folder, dataDir, port] = [await folderWith(), await folderWith(), await freePort()];
  const file = join(folder, 'got');
  const args = [resolve('test/foreign/receivers/record.py'), String(port), file];
  await running('python3', { args, port, folder });
  const first = await serve(dataDir, 'Latchhook/0.0.9');
  const uid = await first.client.createWebhook(`http://127.0.0.1:${port}/`, [EVENT_TYPE], {
    secret: 'a secret of the receiver',
    headers: JSON.stringify({ 'X-Building': 'tower seven', Cookie: 'a=b' }),
  });
  const { body } = await first.client.post({ event_type: EVENT_TYPE, data: { owner: 'Žofie' } });
  const eventId = body.items[0]?.event_id ?? 0;
  await lastAnswer(first.client, eventId, uid);
  const shown = async (client: Client) => {
    const event = await client.call<Event>('GET', `/api/v1/events/${eventId}`);
    return event.body.deliveries[0]?.attempt_log[0]?.request_headers?.split('\n');
  };

  const got = JSON.parse(await readFile(file, 'utf8')) as { headers: string[] };
  const sent = got.headers
    .filter((line) => !/^(host|connection):/i.test(line))
    .map((line) => line.replace(/^(X-Building|Cookie): .*$/, '$1: ***'));

  expect(sent).toContain('User-Agent: Latchhook/0.0.9');
  expect(await shown(first.client)).toEqual(sent);
  await first.stop();
  const next = await serve(dataDir, 'BAS-IP-Webhook-Service/1.0');
  expect(await shown(next.client)).toEqual(sent);
});
