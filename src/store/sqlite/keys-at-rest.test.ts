import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWebhook, SECRET } from '../conformance/harness.conformance.js';
import { KeyringError, openKeyring } from '../keyring.js';
import { openWriter } from './connection.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

describe('the secrets in a database', () => {
  let data: DataDirectory;
  let keyFile: string;

  beforeEach(() => {
    data = dataDirectory();
    keyFile = join(data.directory, 'secret-key');
  });
  afterEach(() => data.remove());

  test('are nowhere in the file as they are', async () => {
    const store = await data.open();
    await createWebhook(store, { headers: '{"Authorization":"Bearer of my receiver"}' });
    await store.close();

    const bytes = readFileSync(data.file);

    expect(bytes.includes('receiver.example')).toBe(true);
    expect(bytes.includes(SECRET)).toBe(false);
    expect(bytes.includes('Bearer of my receiver')).toBe(false);
  });

  test('stay closed to a server with another key, which says what to copy where', async () => {
    await (await data.open()).close();
    rmSync(keyFile);

    const opening = data.open();

    await expect(opening).rejects.toBeInstanceOf(KeyringError);
    await expect(opening).rejects.toThrow(
      `copy the secret key file that belongs to this database to ${keyFile}`,
    );
    await expect(data.open({ engine: false })).rejects.toBeInstanceOf(KeyringError);
  });

  test('move to a new key at the next start, after which the old one can be forgotten', async () => {
    const [oldKey, secretKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
    const open = (options: { secretKey: string; oldKey?: string }, engine = true) =>
      data.open({ keyring: openKeyring({ ...options, file: keyFile }), engine });
    const before = await open({ secretKey: oldKey });
    const webhook = await createWebhook(before);
    const bare = await createWebhook(before, { secret: null, headers: null });
    await before.close();

    // A tool with both keys reads, and leaves the moving to the server.
    const tool = await open({ secretKey, oldKey }, false);
    expect(await tool.webhooks.get(webhook.uid)).toEqual(webhook);
    await tool.close();
    await expect(open({ secretKey })).rejects.toBeInstanceOf(KeyringError);
    await (await open({ secretKey, oldKey })).close();

    const after = await open({ secretKey });
    expect(await after.webhooks.get(webhook.uid)).toEqual(webhook);
    expect(await after.webhooks.get(bare.uid)).toEqual(bare);
    await after.close();
    await expect(open({ secretKey: oldKey })).rejects.toBeInstanceOf(KeyringError);
  });

  test('cannot be moved to another webhook or another member', async () => {
    const store = await data.open();
    const mine = await createWebhook(store);
    const theirs = await createWebhook(store);
    const database = openWriter(data.file, { busyTimeoutMs: 1000 });
    database
      .prepare(
        `UPDATE webhook_version SET secret = (SELECT secret FROM webhook_version WHERE id = ?) WHERE id = ?`,
      )
      .run(theirs.versionId, mine.versionId);
    database.prepare('UPDATE webhook_version SET headers = secret WHERE id = ?').run(theirs.versionId);
    database.close();

    await expect(store.webhooks.get(mine.uid)).rejects.toBeInstanceOf(KeyringError);
    await expect(store.webhooks.get(theirs.uid)).rejects.toBeInstanceOf(KeyringError);
    await store.close();
  });
});
