import { expect, test } from 'vitest';
import { afterwards } from '../../../test/support/closers.js';
import { eventTypeCode } from '../../domain/event-types.js';
import { ANNA, accept, CALL, createWebhook, event, ROOMY } from '../conformance/harness.conformance.js';
import { openWriter } from './connection.js';
import { dataDirectory } from './sqlite.conformance.js';

/** The file refuses calls, as a damaged page refuses some rows and no others. */
const REFUSE_CALLS = `
  CREATE TRIGGER refuse_calls BEFORE INSERT ON event WHEN NEW.event_type = ${eventTypeCode(CALL)}
  BEGIN SELECT RAISE(ABORT, 'refused by a test'); END`;

test('a claim that is rolled back with its group leaves an ordered lane in its order', async () => {
  const data = dataDirectory();
  afterwards(async () => data.remove());
  const store = await data.open();
  afterwards(() => store.close());
  const webhook = await createWebhook(store);
  const session = await store.deliveries.openSession(ROOMY);
  const { offered } = await accept(store, session, [event(), event(), event()]);
  const rows = offered.map(({ uid, claimNo }) => ({ uid, claimNo }));
  await store.deliveries.release({ session, rows });
  await store.webhooks.update(webhook.uid, { ...webhook, ordered: true }, ANNA);
  // It has its place; those before it are given theirs by the first claim.
  await accept(store, session);
  const other = openWriter(data.file, { busyTimeoutMs: 1_000 });
  other.exec(REFUSE_CALLS);
  other.close();

  const claim = () => store.deliveries.claim({ session, webhookUid: webhook.uid, limit: 10 });
  const [claimed, refused] = await Promise.allSettled([
    claim(),
    accept(store, session, [event({ eventType: CALL })]),
  ]);
  expect([claimed.status, refused.status]).toEqual(['fulfilled', 'rejected']);

  const given = claimed.status === 'fulfilled' ? [...claimed.value.deliveries] : [];
  for (let n = 0; n < 3; n++) given.push(...(await claim()).deliveries);
  expect(given.map(({ uid }) => uid).slice(0, 3)).toEqual(rows.map(({ uid }) => uid));
});
