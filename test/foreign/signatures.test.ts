import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { aReceiver } from '../support/ephemeral.js';
import { folderWith } from '../support/foreign/folder.js';
import { lastAnswer } from '../support/foreign/outcomes.js';
import { foreignPackage } from '../support/foreign/packages.js';
import { program } from '../support/foreign/programs.js';
import { type ForeignServer, latchhook } from '../support/foreign/server.js';
import { VERIFIERS } from '../support/foreign/verifiers.js';
import type { ReceivedRequest } from '../support/receiver.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;
const PLAIN = 'a door: пароль, 密码';
const ENCODED = `whsec_${Buffer.from('thirty-two bytes of a secret key').toString('base64')}`;
const DATA = { owner: 'Łukasz "Ł" Ünal \u2028 🔑', number: '00003090069', lock: 0, empty: '' };

async function deliver({ client }: ForeignServer, url: string, secret: string) {
  const uid = await client.createWebhook(url, [EVENT_TYPE], { secret, max_retries: 1 });
  const { body } = await client.post({ event_type: EVENT_TYPE, data: DATA });
  return { eventId: body.items[0]?.event_id ?? 0, uid };
}

async function answered(latch: ForeignServer, url: string, secret: string): Promise<string> {
  const { eventId, uid } = await deliver(latch, url, secret);
  const { status } = await lastAnswer(latch.client, eventId, uid);
  await latch.client.call('DELETE', `/api/v1/webhooks/${uid}`);
  return status;
}

test.each(Object.entries(VERIFIERS))(
  '%s takes what is signed with its secret, and nothing that is signed with another',
  async (_, startVerifier) => {
    const latch = await latchhook({ env: { LATCHHOOK_RETRY_BASE_MS: '200' } });
    for (const secret of [PLAIN, ENCODED]) {
      const url = await startVerifier(secret);
      expect(await answered(latch, url, secret)).toBe('delivered');
      expect(await answered(latch, url, `${PLAIN}.`)).toBe('failed');
    }
  },
);

/** A real delivery that is signed with this secret. */
async function received(latch: ForeignServer, secret: string): Promise<ReceivedRequest> {
  const receiver = await aReceiver();
  await deliver(latch, receiver.url, secret);
  const [request] = await receiver.next(1);
  if (request === undefined) throw new Error('nothing came');
  return request;
}

interface Library {
  Webhook: new (secret: string) => { verify(body: string, headers: Record<string, string>): unknown };
}

/** By the command of the README, run for this secret. */
async function asLibrariesTake(plain: string): Promise<string> {
  const [, shown] = /`(echo "whsec_\$\(printf [^`]+)`/.exec(await readFile('README.md', 'utf8')) ?? [];
  const command = shown?.replace("'my plain secret!'", '"$PLAIN"') ?? '';
  expect(command).toContain('$PLAIN');
  const env = { ...process.env, PLAIN: plain };
  return execFileSync('sh', ['-c', command], { env, encoding: 'utf8' }).trimEnd();
}

test.each(['standardwebhooks', 'svix'])(
  'the package %s verifies a delivery, and none that is changed',
  async (name) => {
    const { Webhook } = foreignPackage<Library>(name);
    const latch = await latchhook();
    for (const secret of [ENCODED, PLAIN]) {
      const { headers, body } = await received(latch, secret);
      const given = headers as Record<string, string>;
      const library = new Webhook(secret === ENCODED ? secret : await asLibrariesTake(secret));

      expect(library.verify(body.toString(), given)).toMatchObject({ data: DATA });
      expect(() => library.verify(`${body} `, given)).toThrow(/signature/i);
      expect(() => library.verify(body.toString(), { ...given, 'webhook-id': 'wh_0' })).toThrow(/signature/i);
    }
  },
);

test("openssl's digest of the body is the panel's signature", async () => {
  const { headers, body } = await received(await latchhook(), PLAIN);
  const folder = await folderWith();
  await writeFile(join(folder, 'body'), body);

  const args = ['dgst', '-sha256', '-hmac', PLAIN, '-hex', '-r', 'body'];
  const printed = execFileSync(program('openssl'), args, { cwd: folder, encoding: 'utf8' });

  expect(printed).toBe(`${headers['x-webhook-signature']} *body\n`);
});
