import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { folderWith } from '../support/foreign/folder.js';
import { program } from '../support/foreign/programs.js';
import { latchhook } from '../support/foreign/server.js';

const run = promisify(execFile);
const EVENT = { event_type: 'log.door_was_opened', data: { lock: 1 } };
/** More than curl sends without asking first. */
const LARGE = Array.from({ length: 200 }, () => ({ ...EVENT, data: { text: 'x'.repeat(10_000) } }));

async function curl(habits: string[], sent: unknown) {
  const { client, url } = await latchhook();
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

const header = (text: string) => ['--header', text];

test.each<[string, string[], unknown, RegExp]>([
  ['over HTTP/1.0', ['--http1.0'], EVENT, /POST \S+ HTTP\/1\.0/],
  ['offering HTTP/2', ['--http2'], EVENT, /Upgrade: h2c/],
  ['in chunks', header('Transfer-Encoding: chunked'), LARGE, /Transfer-Encoding: chunked/],
  ['with an empty content type', header('Content-Type;'), EVENT, /Content-Type: ?\r?\n/],
  ['without a content type', header('Content-Type:'), EVENT, /POST \S+ HTTP\/1\.1/],
  ['as a form', [], EVENT, /application\/x-www-form-urlencoded/],
  ['in a large body, asking first', header('Expect: 100-continue'), LARGE, /100 Continue/],
])('curl reports events %s', async (_, habits, sent, shown) => {
  const { status, answer, conversation } = await curl(habits, sent);
  expect(conversation).toMatch(shown);
  expect({ status, answer }).toEqual({
    status: 202,
    answer: {
      items: (Array.isArray(sent) ? sent : [sent]).map((_, n) => ({ event_id: n + 1, duplicate: false })),
    },
  });
});

test('curl that asks before it sends too much is told so before it sends it', async () => {
  const tooLarge = Array.from({ length: 900 }, () => ({ ...EVENT, data: { text: 'x'.repeat(10_000) } }));
  const { status, answer, conversation } = await curl(header('Expect: 100-continue'), tooLarge);
  expect({ status, answer }).toEqual({ status: 413, answer: { error: 'Request body too large' } });
  expect(conversation).not.toMatch(/100 Continue/);
});
