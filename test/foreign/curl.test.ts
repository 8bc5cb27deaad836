import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folderWith } from '../support/foreign/folder.js';
import { program } from '../support/foreign/programs.js';
import { type ForeignServer, latchhook } from '../support/foreign/server.js';

const run = promisify(execFile);
const EVENT = { event_type: 'log.door_was_opened', data: { lock: 1 } };
/** More than curl sends without asking first. */
const LARGE = Array.from({ length: 200 }, () => ({ ...EVENT, data: { text: 'x'.repeat(10_000) } }));

const header = (text: string) => ['--header', text];

interface Habit {
  habits: string[];
  sent: unknown;
  /** In what curl says of the conversation, so that the habit is known to have shown. */
  shown: RegExp;
}

const HABITS: Record<string, Habit> = {
  'HTTP/1.0': { habits: ['--http1.0'], sent: EVENT, shown: /POST \S+ HTTP\/1\.0/ },
  'offering HTTP/2': { habits: ['--http2'], sent: EVENT, shown: /Upgrade: h2c/ },
  'in chunks': { habits: header('Transfer-Encoding: chunked'), sent: LARGE, shown: /Encoding: chunked/ },
  'an empty content type': { habits: header('Content-Type;'), sent: EVENT, shown: /Content-Type: ?\r?\n/ },
  'no content type': { habits: header('Content-Type:'), sent: EVENT, shown: /POST \S+ HTTP\/1\.1/ },
  'as a form': { habits: [], sent: EVENT, shown: /application\/x-www-form-urlencoded/ },
  'asking first': { habits: header('Expect: 100-continue'), sent: LARGE, shown: /100 Continue/ },
};

async function curl({ client, url }: ForeignServer, habits: string[], sent: unknown) {
  const folder = await folderWith({ sent: JSON.stringify(sent) });
  const authorization = `Authorization: ${client.authorization}`;
  const args = ['--silent', '--show-error', '--verbose', '--output', 'answer', '--header', authorization];
  const told = ['--write-out', '%{http_code}', '--data-binary', '@sent', ...habits];
  const { stdout, stderr } = await run(program('curl'), [...args, ...told, `${url}/api/v1/events`], {
    cwd: folder,
  });
  const answer = JSON.parse(await readFile(join(folder, 'answer'), 'utf8'));
  return { status: Number(stdout), answer, conversation: stderr };
}

test('curl reports events in each way that it can be told to send them', async () => {
  const latch = await latchhook();
  for (const [name, { habits, sent, shown }] of Object.entries(HABITS)) {
    const { status, answer, conversation } = await curl(latch, habits, sent);
    expect({ name, status, accepted: answer.items?.length }).toEqual({
      name,
      status: 202,
      accepted: Array.isArray(sent) ? sent.length : 1,
    });
    expect(conversation, name).toMatch(shown);
  }
});

test('curl that asks first and then sends too much gets the answer that says so', async () => {
  const tooLarge = Array.from({ length: 900 }, () => ({ ...EVENT, data: { text: 'x'.repeat(10_000) } }));
  const { status, answer } = await curl(await latchhook(), header('Expect: 100-continue'), tooLarge);
  expect({ status, answer }).toEqual({ status: 413, answer: { error: 'Request body too large' } });
});
