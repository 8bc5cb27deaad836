import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deliveryOf, ended, report, subscribe } from './support/deliveries.js';
import { afterwards, aReceiver } from './support/ephemeral.js';
import { deliveryUidOf } from './support/receiver.js';
import { startTestServer, type TestServer } from './support/server.js';

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  afterwards(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The server on this folder, until one event has come to its end. */
async function oneEvent(dataDir: string, url: string | null = null): Promise<TestServer> {
  const server = await startTestServer({ env: { LATCHHOOK_DATA_DIR: dataDir } });
  afterwards(() => server.stop());
  if (url !== null) await subscribe(server, url, { secret: 'a secret of the receiver' });
  await deliveryOf(server, await report(server), ended);
  return server;
}

test('a receiver that keeps the ids it has seen loses nothing after a restore, a reinstall, and from a second server', async () => {
  const receiver = await aReceiver();
  const [folder, copy] = [aFolder(), aFolder()];

  await (await oneEvent(folder, receiver.url)).stop();
  cpSync(folder, copy, { recursive: true });
  await (await oneEvent(folder)).stop();
  await (await oneEvent(copy)).stop();
  await (await oneEvent(aFolder(), receiver.url)).stop();

  // The uids come again, as they do; what they are told apart by does not.
  expect(receiver.requests.map(({ headers }) => deliveryUidOf(headers))).toEqual([1, 2, 2, 1]);
  const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(4);
});

test('what a copy owes and the original has sent has one id', async () => {
  const receiver = await aReceiver({ answer: 503 });
  const [folder, copy] = [aFolder(), aFolder()];
  const server = await startTestServer({ env: { LATCHHOOK_DATA_DIR: folder } });
  afterwards(() => server.stop());
  await subscribe(server, receiver.url);
  await report(server);
  await receiver.next(1);
  await server.stop();
  cpSync(folder, copy, { recursive: true });

  for (const dataDir of [folder, copy]) {
    const again = await startTestServer({ env: { LATCHHOOK_DATA_DIR: dataDir } });
    afterwards(() => again.stop());
    const sent = receiver.requests.length;
    await again.admin('POST', '/api/v1/webhooks/events/1/resend');
    await receiver.next(sent + 1);
    await again.stop();
  }

  expect(receiver.requests.length).toBeGreaterThanOrEqual(3);
  expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});
