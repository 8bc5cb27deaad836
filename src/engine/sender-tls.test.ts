import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import { exchangeTo, openSender, rawReceiver } from '../../test/support/sending.js';
import type { Answer } from './answer.js';
import { failure } from './failure.js';

/** A receiver whose certificate nobody trusts, and the names of its handshakes, null where none was sent. */
async function secureReceiver(host: string): Promise<{ port: number; names: (string | null)[] }> {
  const names: (string | null)[] = [];
  const ALPNCallback = ({ servername }: { servername: string }) => {
    names.push(servername || null);
    return 'http/1.1';
  };
  const server = tls.createServer({ ...SELF_SIGNED, ALPNCallback });
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, names };
}

test.each([
  ['hooks.test', 'hooks.test'],
  ['HOOKS.Test', 'hooks.test'],
  ['hooks.test.', 'hooks.test'],
  ['bücher.test', 'xn--bcher-kva.test'],
])('a receiver at https://%s is asked for by that name in the handshake', async (host, name) => {
  const receiver = await secureReceiver('127.0.0.1');
  const sender = openSender({ resolve: async () => ['127.0.0.1'] });
  const answer = await sender.send(exchangeTo(`https://${host}:${receiver.port}/`));
  expect(answer.error).toMatchObject({ kind: 'tls' });
  expect(receiver.names).toEqual([name]);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['2130706433', '127.0.0.1'],
  ['[::1]', '::1'],
])('an address in place of a name (%s) is sent as no name', async (host, address) => {
  const receiver = await secureReceiver(address);
  const sender = openSender();
  const answer = await sender.send(exchangeTo(`https://${host}:${receiver.port}/`));
  expect(answer.error).toMatchObject({ kind: 'tls' });
  expect(receiver.names).toEqual([null]);
});

/** A TLS receiver with these options, at which no handshake succeeds. */
async function handshakeWith(options: tls.TlsOptions): Promise<Answer> {
  const server = tls.createServer({ ...SELF_SIGNED, ...options });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return openSender().send(exchangeTo(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`));
}

const OLD = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;

test.each<[string, tls.TlsOptions, string]>([
  [
    'speaks TLS 1.1 at most',
    OLD,
    "the receiver's TLS is older than 1.2 (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)",
  ],
  [
    'speaks HTTP/2 alone',
    { ALPNProtocols: ['h2'] },
    'the receiver refuses HTTP/1.1: it may speak HTTP/2 alone (ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL)',
  ],
  [
    'has no cipher in common',
    { ciphers: 'AES128-SHA', maxVersion: 'TLSv1.2', honorCipherOrder: true, sigalgs: 'RSA+SHA256' },
    'the receiver refused the handshake: no cipher in common, or it wants a client certificate (ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE)',
  ],
])('of a receiver that %s the record says so in words', async (_name, options, message) => {
  expect((await handshakeWith(options)).error).toEqual({ kind: 'tls', message });
});

test('of a receiver that speaks no TLS the record says so in words', async () => {
  const receiver = await rawReceiver((socket) => void socket.write('HTTP/1.1 400 No\r\n\r\n'));
  const answer = await openSender().send(exchangeTo(receiver.url.replace('http:', 'https:')));
  expect(answer.error).toEqual({
    kind: 'tls',
    message: 'no TLS is spoken on that port (ERR_SSL_WRONG_VERSION_NUMBER)',
  });
});

const LINE =
  '80CC61B6:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/x.c:1:SSL alert number 70\n';

test.each([
  [
    'EPROTO',
    `write EPROTO ${LINE}`,
    "the receiver's TLS is older than 1.2 (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)",
  ],
  [
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    LINE,
    "the receiver's TLS is older than 1.2 (ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION)",
  ],
  [
    'ERR_SSL_SOMETHING_NEW',
    LINE.replace('tlsv1 alert protocol version', 'something new'),
    'TLS failed: something new (ERR_SSL_SOMETHING_NEW)',
  ],
  ['ERR_SSL_SOMETHING_NEW', 'x', 'TLS failed: something new (ERR_SSL_SOMETHING_NEW)'],
])('a line of OpenSSL (%s) is never shown', (code, text, message) => {
  const error = Object.assign(new Error(text), { code });
  for (const stage of ['connecting', 'headers', 'body'] as const)
    expect(failure(error, stage, true)).toEqual({ kind: 'tls', message });
});
