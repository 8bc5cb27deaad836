import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageIdOf } from '../../domain/message-id.js';
import { acceptOne, createWebhook, only, ROOMY } from '../conformance/harness.conformance.js';
import { openWriter } from './connection.js';
import { MIGRATIONS } from './schema.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

/** The last schema whose `webhook-id`s had no mark. */
const PLAIN = 9;

/** A database as it was then, in which a delivery waits for the first webhook. */
const WAITING = `
  INSERT INTO event (id, event_type, source, data, created_at, accepted_at, fanout, first_delivery, last_delivery)
  VALUES (3, 0, 'gate', '{}', 1000, 1000, 1, 7, 7);
  INSERT INTO delivery (uid, webhook_uid, event_id, event_type, state, owner, claim_no, due_at, accepted_at)
  VALUES (7, 1, 3, 0, 0, 0, 0, 1000, 1000);
  INSERT OR REPLACE INTO meta VALUES ('schema', ${PLAIN}), ('oldest release', '0.1.0');`;

describe('a database from before ids had a mark', () => {
  let data: DataDirectory;
  beforeEach(() => {
    data = dataDirectory();
    const database = openWriter(data.file, { busyTimeoutMs: 1000 });
    for (const { number, up } of MIGRATIONS) if (number <= PLAIN) up(database);
    database.exec(WAITING);
    database.close();
  });
  afterEach(() => data.remove());

  test('keeps the ids that receivers may have seen, and marks those of what is accepted from now on', async () => {
    const store = await data.open();
    const { uid: webhookUid } = await createWebhook(store);
    const session = await store.deliveries.openSession(ROOMY);

    const { deliveries } = await store.deliveries.claim({ session, webhookUid, limit: 10 });
    const fresh = await acceptOne(store, session);
    const ids = [only(deliveries), fresh].map((delivery) => messageIdOf(store.idOrigin, delivery));

    expect(ids).toEqual(['wh_7', expect.stringMatching(/^wh_[0-9a-z]{8}_8$/)]);
    await store.close();
    const again = await data.open();
    expect(again.idOrigin).toEqual(store.idOrigin);
    await again.close();
  });

  test('gets an id that no other has', async () => {
    const store = await data.open();
    await store.close();
    const other = dataDirectory();
    const fresh = await other.open();
    await fresh.close();
    other.remove();

    expect(store.idOrigin.storeId).not.toBe(fresh.idOrigin.storeId);
  });
});
