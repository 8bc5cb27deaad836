import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accept, createWebhook, event, outcome, ROOMY, record } from '../conformance/harness.conformance.js';
import { type Store, StoreUnavailable } from '../store.js';
import { openWriter } from './connection.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

const BALLAST_PAGES = 300;
const large = () => event({ data: `{"text":"${'x'.repeat(60_000)}"}` });

describe('a full disk', () => {
  let data: DataDirectory;
  let store: Store;

  /** Someone else fills a part of the disk, and may clear it up later. */
  const ballast = (sql: string) => {
    const database = openWriter(data.file, { busyTimeoutMs: 1000 });
    database.exec(sql);
    database.close();
  };

  beforeEach(async () => {
    data = dataDirectory();
    await (await data.open()).close();
    ballast(`CREATE TABLE ballast (x); INSERT INTO ballast VALUES (zeroblob(${BALLAST_PAGES * 4096}))`);
    store = await data.open({ sqlite: { maxPageCount: BALLAST_PAGES + 120 } });
  });
  afterEach(async () => {
    await store.close();
    data.remove();
  });

  test('takes no event by half, says so, and takes events again when there is room', async () => {
    const webhook = await createWebhook(store);
    const session = await store.deliveries.openSession(ROOMY);
    const taken: number[] = [];
    let refusal: unknown = null;
    while (refusal === null && taken.length < 1000) {
      try {
        taken.push(...(await accept(store, session, [large(), large()])).items.map(({ eventId }) => eventId));
      } catch (error) {
        refusal = error;
      }
    }

    expect(refusal).toBeInstanceOf(StoreUnavailable);
    expect(refusal).toMatchObject({ inDoubt: false });
    expect((await store.listings.totals()).pending).toBe(taken.length);
    for (const eventId of taken) expect((await store.listings.event(eventId))?.deliveries).toHaveLength(1);
    expect(await store.listings.event((taken.at(-1) ?? 0) + 1)).toBeNull();

    ballast('DELETE FROM ballast');
    const { items } = await accept(store, session, [large(), large()]);
    expect(items.map(({ eventId }) => eventId)).toEqual([(taken.at(-1) ?? 0) + 1, (taken.at(-1) ?? 0) + 2]);
    expect((await store.listings.totals()).pending).toBe(taken.length + 2);
    const all = await store.deliveries.closeSession(session);
    expect(all).toBeUndefined();
    const next = await store.deliveries.openSession({ perLane: 10_000, bytes: 2 ** 30 });
    const claimed = await store.deliveries.claim({ session: next, webhookUid: webhook.uid, limit: 10_000 });
    expect(claimed.deliveries).toHaveLength(taken.length + 2);
  });

  test('refuses what does not fit, and takes what came with it and does', async () => {
    await createWebhook(store);
    const session = await store.deliveries.openSession(ROOMY);
    const tooLarge = Array.from({ length: 20 }, large);

    const results = await Promise.allSettled([
      accept(store, session),
      accept(store, session, tooLarge),
      accept(store, session),
    ]);

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await store.listings.totals()).pending).toBe(2);
  });

  test('leaves a delivery whose outcome did not fit in the same hands, until it can be written', async () => {
    const webhook = await createWebhook(store);
    const session = await store.deliveries.openSession({ perLane: 15, bytes: 2 ** 30 });
    const events = Array.from({ length: 15 }, () => event());
    const { offered } = await accept(store, session, events);
    const outcomes = offered.map((held) => {
      const request = outcome(session, held, webhook.versionId);
      request.attempt.responseBody = 'x'.repeat(60_000);
      return request;
    });

    const first = await Promise.allSettled(outcomes.map((one) => record(store, one)));
    const refused = outcomes.filter((_, index) => first[index]?.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    const written = outcomes.length - refused.length;
    expect(await store.listings.totals()).toMatchObject({ delivered: written, pending: refused.length });

    ballast('DELETE FROM ballast');
    for (const one of refused) expect(await record(store, one)).toMatchObject({ state: 'delivered' });
    expect(await store.listings.totals()).toMatchObject({ delivered: 15, pending: 0 });
    expect((await accept(store, session, events)).offered).toHaveLength(15);
  });
});
