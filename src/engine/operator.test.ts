import { expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../test/support/clock.js';
import { openSender, receiverThat } from '../../test/support/sending.js';
import { until } from '../../test/support/until.js';
import { createLog } from '../log.js';
import { OperatorNews } from './operator.js';
import { EngineSignals } from './signals.js';

const CHANGES = 1_500;
const MOST = 1_000;
const UNDER_WAY = 4;

test('news of an operator who fails are kept up to a thousand, the newest, however many webhooks flap', async () => {
  // given an operator who refuses everything
  const clock = new ManualClock();
  const operator = await receiverThat({ answer: 500 });
  const signals = new EngineSignals(() => {});
  const news = new OperatorNews({
    url: operator.url,
    secret: null,
    sender: openSender(),
    clock,
    log: createLog('silent'),
    userAgent: 'test',
    retryBaseMs: 1_000,
    retryFactor: 1,
  });
  onTestFinished(news.follow(signals));
  const change = (webhookUid: number) =>
    signals.emit('health', () => ({
      webhookUid,
      url: 'http://panel.example/',
      health: 'open',
      reason: 'refused',
      failingSince: 0,
      nextProbeAt: 0,
      at: 0,
    }));
  // when each of many changes is told, and fails
  for (let n = 1; n <= CHANGES; n++) {
    change(n);
    await operator.next(n);
  }
  operator.answerWith(200);
  // then the newest thousand are tried again, and those that were under way
  await until(
    async () => {
      clock.advance(1_000);
      return operator.requests.length;
    },
    (count) => count >= CHANGES + MOST,
  );
  change(CHANGES + 1);
  const told = () =>
    operator.requests.slice(CHANGES).map(({ body }) => JSON.parse(body.toString()).webhook_uid);
  await until(
    async () => told(),
    (uids) => uids.includes(CHANGES + 1),
  );
  expect(told()).toContain(CHANGES);
  expect(told()).not.toContain(1);
  expect(told().length).toBeLessThanOrEqual(MOST + UNDER_WAY + 1);
});
