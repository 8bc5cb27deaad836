import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../domain/actor.js';
import {
  ANNA,
  accept,
  acceptOne,
  createWebhook,
  event,
  only,
  outcome,
  ROOMY,
  record,
  retry,
} from '../conformance/harness.conformance.js';
import type { HeldDelivery, Session, Store } from '../store.js';
import { type SharedDatabase, sharedDatabase } from './postgres.conformance.js';

const times = (count: number) => Array.from({ length: count }, () => event());
const uids = (list: readonly HeldDelivery[]) => list.map(({ uid }) => uid);

describe('two sessions on one PostgreSQL', () => {
  let shared: SharedDatabase;
  let one: Store;
  let two: Store;
  let first: Session;
  let second: Session;

  const claim = (store: Store, session: Session, webhookUid: number, limit = 100) =>
    store.deliveries.claim({ session, webhookUid, limit });
  /** Nothing is heard of the first for 15 seconds, while the second lives on. */
  const silence = async () => {
    shared.clock.advance(15_000);
    await shared.database.sql`UPDATE session SET heartbeat_at = heartbeat_at + 15000 WHERE id = ${second.id}`;
  };

  beforeEach(async () => {
    shared = await sharedDatabase();
    [one, two] = await Promise.all([shared.open(), shared.open()]);
    [first, second] = await Promise.all([
      one.deliveries.openSession(ROOMY),
      two.deliveries.openSession(ROOMY),
    ]);
  });
  afterEach(async () => {
    await Promise.all([one.close(), two.close()]);
    await shared.drop();
  });

  describe('holding deliveries', () => {
    test('keeps what one holds from the other, until it was silent for 15 seconds', async () => {
      const webhook = await createWebhook(one);
      const held = await acceptOne(one, first);
      expect((await claim(two, second, webhook.uid)).deliveries).toEqual([]);
      expect(await two.deliveries.backlog(second)).toEqual([]);
      await shared.advance(14_999);
      expect((await claim(two, second, webhook.uid)).deliveries).toEqual([]);

      await silence();

      expect(await two.deliveries.backlog(second)).toMatchObject([{ webhookUid: webhook.uid }]);
      const taken = only((await claim(two, second, webhook.uid)).deliveries);
      expect(taken).toEqual({ ...held, claimNo: 2 });
      expect(await record(one, outcome(first, held, webhook.versionId))).toEqual({ kind: 'stale' });
      expect(await record(two, outcome(second, taken, webhook.versionId))).toMatchObject({
        kind: 'recorded',
      });
      expect(await one.listings.totals()).toMatchObject({ delivered: 1, pending: 0 });
    });

    test('lets a session that was silent for too long live no more', async () => {
      const webhook = await createWebhook(one);
      expect(await one.deliveries.heartbeat(first)).toMatchObject({ alive: true, livesMs: 12_000 });
      await silence();

      expect(await one.deliveries.heartbeat(first)).toEqual({ alive: false });
      await expect(claim(one, first, webhook.uid)).rejects.toThrow('has ended');
      expect(await accept(one, first)).toMatchObject({ offered: [], spilled: [webhook.uid] });
      expect((await claim(two, second, webhook.uid)).deliveries).toHaveLength(1);
      expect((await two.listings.system()).nodes.map(({ session }) => session)).toEqual([second.id]);
    });

    test('ends the tests of a session that died, and sends none of them', async () => {
      const webhook = await createWebhook(one);
      const request = { session: first, webhookUid: webhook.uid, eventType: event().eventType };
      const held = await one.deliveries.acceptTest({ ...request, source: 'porter', data: '{}' });
      await silence();

      expect((await claim(two, second, webhook.uid)).deliveries).toEqual([]);
      await two.deliveries.heartbeat(second);

      const shown = await two.listings.delivery(held?.uid ?? 0);
      expect(shown?.delivery).toMatchObject({ state: 'cancelled', reason: 'test' });
    });

    test('divides a backlog among those who claim at once, each row to one', async () => {
      const webhook = await createWebhook(one);
      await accept(one, first, times(200));
      await one.deliveries.closeSession(first);
      first = await one.deliveries.openSession(ROOMY);

      const taken: number[] = [];
      for (let n = 0; n < 20 && taken.length < 200; n++) {
        const claims = await Promise.all([
          claim(one, first, webhook.uid, 20),
          claim(two, second, webhook.uid, 20),
        ]);
        for (const { deliveries } of claims) taken.push(...uids(deliveries));
      }

      expect(taken).toHaveLength(200);
      expect(new Set(taken).size).toBe(200);
    });

    test('makes one event of the same key, sent to both at once, and counts everything once', async () => {
      await createWebhook(one);
      for (let n = 0; n < 10; n++) {
        const keyed = [event({ idempotency: { key: `k${n}`, hash: 'aa' } }), event()];
        const [a, b] = await Promise.all([
          accept(one, first, keyed),
          accept(two, second, [...keyed].reverse()),
        ]);
        expect(a.items[0]?.eventId).toBe(b.items[1]?.eventId);
      }
      expect(await two.listings.totals()).toMatchObject({ pending: 30 });
    });
  });

  describe('a lane that one alone attempts in', () => {
    test('is the one who was offered its first row; the other leaves its rows there, and says so', async () => {
      const webhook = await createWebhook(one, { rateLimit: 5 });
      expect(await two.nodes.news({ waitMs: 60_000 })).toEqual({ webhooks: true, lanes: [] });
      expect(await one.nodes.news({ waitMs: 60_000 })).toEqual({ webhooks: true, lanes: [] });
      expect((await accept(one, first)).offered).toHaveLength(1);

      expect(await accept(two, second)).toMatchObject({ offered: [], spilled: [] });

      expect((await one.nodes.news({ waitMs: 60_000 })).lanes).toEqual([webhook.uid]);
      expect(await claim(two, second, webhook.uid)).toMatchObject({ deliveries: [], more: false });
      expect(await two.deliveries.backlog(second)).toEqual([]);
      expect(await one.deliveries.backlog(first)).toMatchObject([{ webhookUid: webhook.uid }]);
      expect((await claim(one, first, webhook.uid)).deliveries).toHaveLength(1);
    });

    test('is taken over when its owner dies, which the claim says', async () => {
      const webhook = await createWebhook(one, { rateLimit: 5 });
      await accept(one, first);
      await silence();

      expect(await accept(two, second)).toMatchObject({ offered: [], spilled: [webhook.uid] });
      const taken = await claim(two, second, webhook.uid);
      expect(taken).toMatchObject({ deliveries: { length: 2 }, tookOver: true });
      expect(await claim(two, second, webhook.uid)).not.toHaveProperty('tookOver');
      expect((await accept(two, second)).offered).toHaveLength(1);
    });

    test('gives a probe to its owner alone', async () => {
      const webhook = await createWebhook(one);
      const { offered } = await accept(one, first, times(3));
      await one.deliveries.release({ session: first, rows: offered });
      const change = { health: 'open', probeInMs: 5_000, probes: 0, failingForMs: 0 } as const;
      await one.deliveries.setHealth({ webhookUid: webhook.uid, versionId: webhook.versionId, change });

      const probes = await Promise.all([
        one.deliveries.claimProbe({ session: first, webhookUid: webhook.uid }),
        two.deliveries.claimProbe({ session: second, webhookUid: webhook.uid }),
      ]);

      expect(probes.filter(({ delivery }) => delivery !== null)).toHaveLength(1);
    });

    test('keeps its order, whoever accepts, also when its owner dies', async () => {
      const webhook = await createWebhook(one, { ordered: true });
      const accepted: number[] = [];
      for (let n = 0; n < 10; n++) {
        const [store, session] = n % 2 === 0 ? [one, first] : [two, second];
        accepted.push(...(await accept(store, session, times(3))).items.map(({ eventId }) => eventId));
      }
      const sent: number[] = [];
      const send = async (store: Store, session: Session, held: readonly HeldDelivery[]) => {
        for (const delivery of held) {
          await record(store, outcome(session, delivery, webhook.versionId));
          sent.push(delivery.event.eventId);
        }
      };
      expect((await claim(two, second, webhook.uid)).deliveries).toEqual([]);
      await silence();
      for (let more = true; more; ) {
        const claimed = await claim(two, second, webhook.uid, 7);
        await send(two, second, claimed.deliveries);
        more = claimed.more;
      }
      expect(sent).toEqual(accepted);
    });

    test('gives places in the order of acceptance when it becomes ordered under load', async () => {
      const webhook = await createWebhook(one);
      let stop = false;
      const answered: number[] = [];
      const load = async (store: Store, session: Session) => {
        while (!stop) answered.push(...(await accept(store, session)).items.map(({ eventId }) => eventId));
      };
      const before = [load(one, first), load(two, second)];
      while (answered.length < 10) await accept(two, second);
      await two.webhooks.update(webhook.uid, { ...webhook, ordered: true }, SYSTEM);
      stop = true;
      await Promise.all(before);
      const [row] = await shared.database.sql<{ loose: string }[]>`
        SELECT count(*) AS loose FROM delivery d JOIN lane l USING (webhook_uid)
        WHERE d.lane_seq IS NOT NULL AND EXISTS (
          SELECT FROM delivery e WHERE e.webhook_uid = d.webhook_uid AND e.lane_seq IS NULL AND e.uid > d.lane_seq)`;
      expect(row?.loose).toBe('0');
    });

    test('waits for a row that another still holds from before', async () => {
      const webhook = await createWebhook(one);
      const held = await acceptOne(one, first);
      const ordered = { ...webhook, ordered: true };
      await one.webhooks.update(webhook.uid, ordered, ANNA);
      await accept(two, second);
      for (let n = 0; n < 3; n++) {
        const claimed = await claim(two, second, webhook.uid);
        expect(claimed.deliveries).toEqual([]);
      }

      await record(one, retry(first, held, webhook.versionId + 1, 0));

      const { deliveries } = await claim(two, second, webhook.uid);
      expect(uids(deliveries)[0]).toBe(held.uid);
      expect(deliveries).toHaveLength(2);
    });
  });
});
