import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';
import { expect, onTestFinished, test } from 'vitest';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import { exchangeTo, openSender } from '../../test/support/sending.js';

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
