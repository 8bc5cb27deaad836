import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD, startTestServer, type TestServer } from '../../test/support/server.js';
import { LatchhookClient, LatchhookError, type StreamMessage } from '../src/client.js';

const OPENED = 'log.door_was_opened';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.stop());

const clientOf = (
  credentials: { token: string } | { username: string; password: string },
  baseUrl = server.url,
) => new LatchhookClient({ baseUrl, ...credentials });
const administrator = () => clientOf({ username: 'admin', password: ADMIN_PASSWORD });

describe('the stream of the client', () => {
  it('gives what happens as typed messages, and ends when the loop is left', async () => {
    const client = administrator();
    const told: StreamMessage[] = [];

    for await (const message of client.stream()) {
      told.push(message);
      if (message.event === 'hello') await client.acceptEvents({ event_type: OPENED, source: 'gate 王' });
      if (message.event === 'accepted') break;
    }

    expect(told.map(({ event }) => event)).toEqual(['hello', 'accepted']);
    expect(told[1]?.data).toMatchObject({ count: 1, events: [{ event_type: OPENED, source: 'gate 王' }] });
  });

  it('rejects with the reason of the signal that ends it', async () => {
    const controller = new AbortController();

    const read = async () => {
      for await (const _ of administrator().stream({ signal: controller.signal }))
        controller.abort(new Error('enough'));
    };

    await expect(read()).rejects.toThrow('enough');
  });

  it('is refused like any call', async () => {
    const refused = clientOf({ token: 'nobody' }).stream().next();

    await expect(refused).rejects.toThrow(LatchhookError);
    await expect(refused).rejects.toMatchObject({ status: 401, path: '/api/v1/stream' });
  });

  it('ends without an error when the server stops, and can be taken up where it ended', async () => {
    const client = administrator();
    const stream = client.stream();
    const first = await stream.next();
    await client.acceptEvents({ event_type: OPENED });
    await stream.next();
    await stream.return();

    const again = await client.stream({ lastEventId: (first.value as StreamMessage).id }).next();
    const last = client.stream();
    await last.next();
    await server.stop();

    expect(again.value).toMatchObject({ event: 'hello', data: { missed: 1 } });
    expect(await last.next()).toEqual({ done: true, value: undefined });
  });

  it('reads messages however they are cut, with other line ends, and kinds it does not know', async () => {
    const bytes = Buffer.from(
      'retry: 1\r\n\r\n: \n\nid: a-1\nevent: later\ndata: {"text":\ndata: "王"}\n\nid: a-2\r\nevent:x\r\ndata:2\r\n\r\n',
    );
    const other = createServer(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of bytes) response.write(Buffer.of(byte));
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    const told: unknown[] = [];
    for await (const message of clientOf({ token: 'x' }, `http://127.0.0.1:${port}`).stream())
      told.push(message);
    other.close();

    expect(told).toEqual([
      { id: 'a-1', event: 'later', data: { text: '王' } },
      { id: 'a-2', event: 'x', data: 2 },
    ]);
  });
});
