import { expect, it } from 'vitest';
import { attempted, deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { afterwards, aServer } from '../support/ephemeral.js';
import { answering } from '../support/hostile.js';
import { startRawReceiver } from '../support/receiver.js';

const TWICE = 'Content-Length: 2\r\nContent-Length: 2\r\n\r\nok';

async function receiverAnswering(bytes: string): Promise<string> {
  const receiver = await startRawReceiver(answering(bytes));
  afterwards(() => receiver.close());
  return receiver.url;
}

it('a 2xx whose headers cannot be read is delivered at once, and its record says what was wrong', async () => {
  const server = await aServer();
  await subscribe(server, await receiverAnswering(`HTTP/1.1 200 OK\r\n${TWICE}`));

  const delivery = await deliveryOf(server, await report(server), ended);

  expect(delivery).toMatchObject({
    status: 'delivered',
    reason: 'success',
    attempts: 1,
    response_status: 200,
    attempt_log: [
      { response_status: 200, error: null, note: 'Content-Length came twice', response_body: 'ok' },
    ],
  });
});

it('another answer like it is a failure with its status, and Retry-After counts', async () => {
  const server = await aServer();
  await subscribe(server, await receiverAnswering(`HTTP/1.1 503 Busy\r\nRetry-After: 600\r\n${TWICE}`));

  const delivery = await deliveryOf(server, await report(server), attempted(1));

  expect(delivery).toMatchObject({
    status: 'retrying',
    response_status: 503,
    attempt_log: [{ error: 'HTTP 503, then: Content-Length came twice', note: null }],
  });
  expect((delivery.next_attempt_at ?? 0) - (delivery.attempt_log[0]?.started_at ?? 0)).toBeGreaterThanOrEqual(
    600_000,
  );
});

it('a 410 like it ends the delivery and disables the webhook', async () => {
  const server = await aServer();
  const uid = await subscribe(server, await receiverAnswering(`HTTP/1.1 410 Gone\r\n${TWICE}`));

  expect(await deliveryOf(server, await report(server), ended)).toMatchObject({
    status: 'failed',
    reason: 'receiver-gone',
  });
  expect((await server.admin('GET', `/api/v1/webhooks/${uid}`)).json).toMatchObject({ status: 'disabled' });
});
