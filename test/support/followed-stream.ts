/** Streams of a test's server, closed when the test ends. */
import { afterwards } from './ephemeral.js';
import { ADMIN_PASSWORD, basic, type TestServer } from './server.js';
import { readStream, type StreamReader, type Told } from './stream.js';

/** One that has begun. */
export async function streamOf(
  server: TestServer,
  headers: Record<string, string> = { authorization: basic('admin', ADMIN_PASSWORD) },
): Promise<StreamReader> {
  const stream = await readStream(server.url, headers);
  afterwards(async () => stream.close());
  await stream.once((messages) => messages.length > 0);
  return stream;
}

/** Whether so many messages of a kind are there. */
export const has =
  (event: string, count = 1) =>
  (messages: Told[]) =>
    messages.filter((one) => one.event === event).length >= count;
