import { expect, it } from 'vitest';
import { attempted, deliveryOf, report, subscribe } from '../support/deliveries.js';
import { afterwards, aServer } from '../support/ephemeral.js';
import { onEachRequest } from '../support/hostile.js';
import { startRawReceiver } from '../support/receiver.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

it('a delivery whose kept connection dies unanswered arrives in the same attempt, and its record says so', async () => {
  const bodies: string[] = [];
  const receiver = await startRawReceiver((socket) => {
    let onSocket = 0;
    socket.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
    onEachRequest(socket, () => (++onSocket === 1 ? socket.write(OK) : socket.destroy()));
  });
  afterwards(() => receiver.close());
  const server = await aServer();
  await subscribe(server, receiver.url);

  const first = await deliveryOf(server, await report(server), attempted(1));
  const second = await deliveryOf(server, await report(server), attempted(1));

  expect([first, second]).toMatchObject([
    { status: 'delivered', attempt_log: [{ attempt: 1, resent: false }] },
    { status: 'delivered', attempt_log: [{ attempt: 1, resent: true, response_status: 200, error: null }] },
  ]);
  const sent = bodies.join('').match(/^(webhook-id|X-Webhook-Attempt): .*$/gim) ?? [];
  expect(sent).toHaveLength(6);
  // The same delivery and the same attempt, letter by letter.
  expect(sent.slice(4)).toEqual(sent.slice(2, 4));
});
