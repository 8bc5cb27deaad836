/** Servers and receivers that live as long as the test that asked for them. */
import { afterwards } from './closers.js';
import { type Receiver, type ReceiverOptions, startReceiver } from './receiver.js';
import { startTestServer, type TestServer, type TestServerOptions } from './server.js';

export { afterwards };

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
