import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attempted, change, deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { afterwards, aReceiver } from '../support/ephemeral.js';
import type { ReceivedRequest } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const SECRET = 'a secret of the receiver';

/** What the receiver got, as records show it. */
function shownOf({ rawHeaders }: ReceivedRequest): string {
  return rawHeaders
    .flatMap((name, n) => (n % 2 === 0 ? [`${name}: ${rawHeaders[n + 1]}`] : []))
    .filter((line) => !/^(host|connection):/i.test(line))
    .map((line) => line.replace(/^(X-Building|X-Floor): .*$/, '$1: ***'))
    .join('\n');
}

test('an attempt is shown as it was sent, whatever became of settings and webhook since', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  afterwards(async () => rmSync(dataDir, { recursive: true, force: true }));
  const serve = async (userAgent: string): Promise<TestServer> => {
    const env = { LATCHHOOK_DATA_DIR: dataDir, LATCHHOOK_USER_AGENT: userAgent };
    const server = await startTestServer({ env });
    afterwards(() => server.stop());
    return server;
  };
  const receiver = await aReceiver({ answer: 503 });
  const first = await serve('Latchhook/0.0.9');
  const uid = await subscribe(first, receiver.url, { secret: SECRET, headers: '{"X-Building":"seven"}' });
  const eventId = await report(first);
  await deliveryOf(first, eventId, attempted(1));
  const [sent] = await receiver.next(1);
  await first.stop();

  receiver.answerWith(200);
  const second = await serve('BAS-IP-Webhook-Service/1.0');
  await change(second, uid, receiver.url, { secret: `${SECRET} anew`, headers: '{"X-Floor":"two"}' });
  const { item_uid } = await deliveryOf(second, eventId, attempted(1));
  await second.admin('POST', `/api/v1/webhooks/events/${item_uid}/resend`);
  const { attempt_log } = await deliveryOf(second, eventId, ended);
  const page = await second.admin('GET', `/api/v1/webhooks/events/${item_uid}`);

  const requests = receiver.requests;
  expect(sent && shownOf(sent)).toContain('User-Agent: Latchhook/0.0.9\nX-Building: ***');
  expect(attempt_log.map(({ request_headers }) => request_headers)).toEqual(requests.map(shownOf));
  expect(attempt_log.at(-1)?.request_headers).toContain(
    'User-Agent: BAS-IP-Webhook-Service/1.0\nX-Floor: ***',
  );
  expect(page.text).toContain(requests.at(-1)?.headers['webhook-signature']);
});
