import { expect, test } from 'vitest';
import { openEngineSite } from '../../test/support/engine-site.js';
import { receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';

type Line = Record<string, unknown>;

/** A site, and the lines of its log about attempts and health. */
async function logged(logAttempts: 'changes' | 'all') {
  const lines: Line[] = [];
  const site = await openEngineSite({
    logAttempts,
    onLine: (line) => {
      if (line['msg'] === 'attempt' || line['msg'] === 'health') lines.push(line);
    },
  });
  const ended = (count: number) =>
    until(
      () => site.store.listings.totals(),
      ({ delivered, failed }) => delivered + failed === count,
    );
  return { site, lines, ended };
}

test('a failed attempt has one line of the log with every id and what came of it, one that succeeds has none', async () => {
  const { site, lines, ended } = await logged('changes');
  const receiver = await receiverThat();
  const secret = 'the secret of the lobby';
  const webhook = await site.subscribe(`${receiver.url}/hook?token=hidden`, { maxRetries: 1, secret });
  const [good] = await site.report(1);
  await ended(1);
  receiver.answerWith(500);
  const [bad] = await site.report(1);
  await ended(2);

  const of = { webhook_uid: webhook.uid, webhook_version: webhook.versionId, url: `${receiver.url}/hook` };
  const failed = {
    level: 'warn',
    msg: 'attempt',
    event_id: bad,
    ...of,
    response_status: 500,
    error: 'status',
  };
  expect(lines).toMatchObject([
    { ...failed, delivery_uid: 2, attempt: 1, outcome: 'retrying', next_attempt_in_ms: expect.any(Number) },
    { ...failed, delivery_uid: 2, attempt: 2, outcome: 'failed', next_attempt_in_ms: null },
  ]);
  expect(lines.some((line) => line['event_id'] === good)).toBe(false);
  expect(JSON.stringify(lines)).not.toMatch(/hidden|secret of the lobby/);
});

test('a change of health has a line of its own, and the attempt that disabled a webhook says why', async () => {
  const { site, lines, ended } = await logged('changes');
  const receiver = await receiverThat({ answer: 410 });
  const { uid } = await site.subscribe(receiver.url);
  await site.report(1);
  await ended(1);

  expect(lines).toMatchObject([
    { msg: 'attempt', webhook_uid: uid, outcome: 'failed', webhook_disabled: 'receiver-gone' },
    { level: 'warn', msg: 'health', webhook_uid: uid, health: 'disabled', reason: 'receiver-gone' },
  ]);
});

test('each attempt has its line where that is asked for', async () => {
  const { site, lines, ended } = await logged('all');
  const receiver = await receiverThat();
  await site.subscribe(receiver.url);
  await site.report(3);
  await ended(3);

  const told = { level: 'info', msg: 'attempt', attempt: 1, response_status: 200, outcome: 'delivered' };
  await until(
    async () => lines.length,
    (count) => count === 3,
  );
  expect(lines).toMatchObject([told, told, told]);
});
