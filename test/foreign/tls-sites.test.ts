import { beforeEach, expect, test } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { type Authority, certificateAuthority } from '../support/foreign/certificates.js';
import { folderWith } from '../support/foreign/folder.js';
import { knowing } from '../support/foreign/names.js';
import { lastAnswer } from '../support/foreign/outcomes.js';
import { nginxArgs, nginxConfig } from '../support/foreign/receivers.js';
import { freePort, running } from '../support/foreign/running.js';
import { type ForeignServer, latchhook } from '../support/foreign/server.js';

const [EVENT_TYPE = ''] = EVENT_TYPES;

let authority: Authority;
let latch: ForeignServer;
beforeEach(async () => {
  authority = await certificateAuthority();
  latch = await latchhook({
    through: await knowing('one.test', 'two.test', 'one.test.'),
    env: { NODE_EXTRA_CA_CERTS: authority.certificate, LATCHHOOK_RETRY_BASE_MS: '200' },
  });
});

/** A site that answers with its name and with the one in the TLS handshake. */
function site(name: string, port: number, listen = ''): string {
  const files = `${authority.folder}/${name}`;
  return `server { listen 127.0.0.1:${port} ssl ${listen}; server_name ${name};
    ssl_certificate ${files}.pem; ssl_certificate_key ${files}.key;
    location / { return 200 "$server_name asked as <$ssl_server_name>"; } }`;
}

async function nginx(sites: string, port: number): Promise<void> {
  const folder = await folderWith({ 'nginx.conf': nginxConfig(sites) });
  await running('nginx', { args: nginxArgs(folder), port, folder });
}

/** What the receiver at this URL answers to an event. */
async function delivered(url: string) {
  const uid = await latch.client.createWebhook(url, [EVENT_TYPE], { max_retries: 1 });
  const { body } = await latch.client.post({ event_type: EVENT_TYPE });
  const answer = await lastAnswer(latch.client, body.items[0]?.event_id ?? 0, uid);
  await latch.client.call('DELETE', `/api/v1/webhooks/${uid}`);
  return answer;
}

test('two TLS sites on one address each get their own events, told apart by the name in the handshake', async () => {
  authority.issue('one.test', 'DNS:one.test');
  authority.issue('two.test', 'DNS:two.test');
  const port = await freePort();
  // Who names no site is refused, as by a load balancer.
  const nobody = `server { listen 127.0.0.1:${port} ssl default_server; ssl_reject_handshake on; }`;
  await nginx([nobody, site('one.test', port), site('two.test', port)].join('\n'), port);

  expect(await delivered(`https://one.test:${port}/`)).toEqual({
    status: 'delivered',
    error: null,
    note: null,
    body: 'one.test asked as <one.test>',
  });
  expect((await delivered(`https://two.test:${port}/`)).body).toBe('two.test asked as <two.test>');
  // A name may end in a dot; a certificate's does not.
  expect((await delivered(`https://one.test.:${port}/`)).body).toBe('one.test asked as <one.test>');
});

test('a receiver at a literal address is asked without a name in the handshake', async () => {
  authority.issue('address', 'IP:127.0.0.1');
  const port = await freePort();
  await nginx(site('address', port, 'default_server'), port);

  expect(await delivered(`https://127.0.0.1:${port}/`)).toEqual({
    status: 'delivered',
    error: null,
    note: null,
    body: 'address asked as <>',
  });
});

test('a site with a certificate for another name gets nothing', async () => {
  authority.issue('one.test', 'DNS:one.test');
  const port = await freePort();
  await nginx(site('one.test', port, 'default_server'), port);

  const { status, error } = await delivered(`https://two.test:${port}/`);
  expect(status).toBe('failed');
  expect(error).toMatch(/certificate|altnames/i);
});
