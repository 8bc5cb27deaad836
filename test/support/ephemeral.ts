/** Servers and receivers that live as long as the test that asked for them. */
import { afterEach } from 'vitest';
import { type Receiver, type ReceiverOptions, startReceiver } from './receiver.js';
import { startTestServer, type TestServer, type TestServerOptions } from './server.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Runs after the test; what was asked for last goes first. */
export function afterwards(close: () => Promise<void>): void {
  closers.push(close);
}

export async function aServer(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options);
  afterwards(() => server.stop());
  return server;
}

export async function aReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = await startReceiver(options);
  afterwards(() => receiver.close());
  return receiver;
}
