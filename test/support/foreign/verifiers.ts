/** Receivers that take what is signed with their secret, and refuse the rest with a 403. */
import { resolve } from 'node:path';
import { folderWith } from './folder.js';
import { freePort, running } from './running.js';

/** Starts one with this secret and returns its URL. */
export type StartVerifier = (secret: string) => Promise<string>;

async function python(secret: string): Promise<string> {
  const [folder, port] = [await folderWith(), await freePort()];
  const args = [resolve('test/foreign/receivers/verify.py'), String(port), secret];
  await running('python3', { args, port, folder });
  return `http://127.0.0.1:${port}/`;
}

async function php(secret: string): Promise<string> {
  const [folder, port] = [await folderWith(), await freePort()];
  const args = ['-S', `127.0.0.1:${port}`, resolve('test/foreign/receivers/verify.php')];
  await running('php', { args, port, folder, env: { WEBHOOK_SECRET: secret } });
  return `http://127.0.0.1:${port}/`;
}

/** Debian's program `webhook`, by the rule that its own page gives for such a header. */
async function webhookProgram(secret: string): Promise<string> {
  const parameter = { source: 'header', name: 'X-Webhook-Signature' };
  const hook = {
    id: 'door',
    'execute-command': '/bin/true',
    'success-http-response-code': 204,
    'trigger-rule-mismatch-http-response-code': 403,
    'trigger-rule': { match: { type: 'payload-hmac-sha256', secret, parameter } },
  };
  const folder = await folderWith({ 'hooks.json': JSON.stringify([hook]) });
  const port = await freePort();
  const args = ['-hooks', 'hooks.json', '-ip', '127.0.0.1', '-port', String(port)];
  await running('webhook', { args, port, folder });
  return `http://127.0.0.1:${port}/hooks/door`;
}

export const VERIFIERS: Record<string, StartVerifier> = {
  "Debian's webhook": webhookProgram,
  Python: python,
  PHP: php,
};
