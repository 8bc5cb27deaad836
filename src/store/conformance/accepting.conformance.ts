import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Session } from '../store.js';
import {
  ANNA,
  accept,
  CALL,
  createWebhook,
  DOOR,
  event,
  type MakeStore,
  only,
  ROOMY,
  type StoreUnderTest,
} from './harness.conformance.js';

const HOUR = 3_600_000;
const key = (name: string, hash = 'aa') => ({ key: name, hash });

export function acceptingConformance(makeStore: MakeStore): void {
  describe('accepting events', () => {
    let under: StoreUnderTest;
    let session: Session;

    beforeEach(async () => {
      under = await makeStore();
      session = await under.store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    test('owes an event to every webhook that subscribed to its type, and to no other', async () => {
      const { store } = under;
      const first = await createWebhook(store);
      const second = await createWebhook(store, { eventTypes: [CALL, DOOR] });
      await createWebhook(store, { eventTypes: [CALL] });

      const { items, offered, spilled } = await accept(store, session);

      expect(offered.map(({ webhookUid }) => webhookUid).sort()).toEqual([first.uid, second.uid].sort());
      expect(spilled).toEqual([]);
      const stored = await store.listings.event(only(items).eventId);
      expect(stored?.deliveries.map(({ uid, state }) => [uid, state])).toEqual(
        offered.map(({ uid }) => [uid, 'pending']),
      );
    });

    test('keeps an event that nobody subscribed to, without deliveries', async () => {
      const { items, offered } = await accept(under.store, session, [event({ source: 'gate' })]);

      expect(offered).toEqual([]);
      const stored = await under.store.listings.event(only(items).eventId);
      expect(stored).toMatchObject({ eventType: DOOR, source: 'gate', deliveries: [] });
    });

    test('hands out an event as it came: its data to the digit, and its time or that of acceptance', async () => {
      await createWebhook(under.store);
      const data = '{"number":123456789012345678901234567890,"owner":"Žofie 🚪","x":1.10}';

      const { offered } = await accept(under.store, session, [event({ data, createdAt: 7 }), event()]);

      const now = await under.now();
      expect(offered[0]).toMatchObject({ attempts: 0, runBase: 0, event: { data, createdAt: 7 } });
      expect(offered[1]).toMatchObject({ acceptedAt: now, event: { createdAt: now, eventType: DOOR } });
    });

    test('gives every event and every delivery a number that rises and is never used again', async () => {
      await createWebhook(under.store);
      const send = async (by: Session) => {
        const { items } = await accept(under.store, by);
        const stored = await under.store.listings.event(only(items).eventId);
        return { eventId: only(items).eventId, uid: only(stored?.deliveries ?? []).uid };
      };
      const before = await send(session);
      const store = await under.restart();
      const after = await send(await store.deliveries.openSession(ROOMY));

      expect(after.uid).toBeGreaterThan(before.uid);
      expect(after.eventId).toBeGreaterThan(before.eventId);
    });

    test('holds what it owes to a disabled webhook, without handing it out', async () => {
      const webhook = await createWebhook(under.store, { status: 'disabled' });

      const { items, offered, spilled } = await accept(under.store, session);

      expect([offered, spilled]).toEqual([[], []]);
      const stored = await under.store.listings.event(only(items).eventId);
      expect(stored?.deliveries).toMatchObject([{ webhookUid: webhook.uid, state: 'pending', held: true }]);
    });

    test('goes by a subscription from the moment it is written', async () => {
      const webhook = await createWebhook(under.store, { eventTypes: [CALL] });
      expect((await accept(under.store, session)).offered).toEqual([]);

      await under.store.webhooks.update(webhook.uid, { ...webhook, eventTypes: [DOOR] }, ANNA);
      expect((await accept(under.store, session)).offered).toHaveLength(1);

      await under.store.webhooks.remove(webhook.uid, ANNA);
      expect((await accept(under.store, session)).offered).toEqual([]);
    });

    test('takes a thousand events in one request, in order', async () => {
      await createWebhook(under.store);
      const events = Array.from({ length: 1000 }, (_, index) => event({ createdAt: index }));

      const { items, offered } = await accept(under.store, session, events);

      expect(items).toHaveLength(1000);
      expect(offered.map(({ event: { createdAt } }) => createdAt)).toEqual(events.map((e) => e.createdAt));
      expect(offered.map(({ event: { eventId } }) => eventId)).toEqual(items.map(({ eventId }) => eventId));
    });

    test('refuses a request of more than 50,000 deliveries whole, and not its neighbours', async () => {
      for (let index = 0; index < 51; index++) await createWebhook(under.store);
      const tooMany = Array.from({ length: 1000 }, () => event());

      const [refused, taken] = await Promise.all([
        under.store.deliveries.accept({ session, credential: 'user:1', events: tooMany }),
        accept(under.store, session),
      ]);

      expect(refused).toEqual({ kind: 'too-many-deliveries' });
      expect(taken.items).toHaveLength(1);
      expect((await under.store.listings.totals()).pending).toBe(51);
    });

    test('answers the same key and content with the event it made, also within one request', async () => {
      await createWebhook(under.store);
      const once = event({ idempotency: key('k') });
      const first = await accept(under.store, session, [once]);

      const again = await accept(under.store, session, [once, event({ idempotency: key('m') })]);
      const within = await accept(under.store, session, [
        event({ idempotency: key('n') }),
        event({ idempotency: key('n') }),
      ]);

      expect(again.items[0]).toEqual({ eventId: only(first.items).eventId, duplicate: true });
      expect(again.offered).toHaveLength(1);
      expect(within.items.map(({ duplicate }) => duplicate)).toEqual([false, true]);
      expect(within.items[1]?.eventId).toBe(within.items[0]?.eventId);
      expect(within.offered).toHaveLength(1);
    });

    test('makes one event of the same key in requests that arrive together', async () => {
      await createWebhook(under.store);
      const once = [event({ idempotency: key('k') })];

      const results = await Promise.all([1, 2, 3].map(() => accept(under.store, session, once)));

      expect(new Set(results.map(({ items }) => only(items).eventId)).size).toBe(1);
      expect(results.flatMap(({ offered }) => offered)).toHaveLength(1);
    });

    test('refuses a key with other content and writes nothing of that request', async () => {
      await createWebhook(under.store);
      await accept(under.store, session, [event({ idempotency: key('k') })]);

      const earlier = await under.store.deliveries.accept({
        session,
        credential: 'user:1',
        events: [event(), event({ idempotency: key('k', 'bb') })],
      });
      const within = await under.store.deliveries.accept({
        session,
        credential: 'user:1',
        events: [event({ idempotency: key('m') }), event({ idempotency: key('m', 'bb') })],
      });

      expect(earlier).toEqual({ kind: 'idempotency-conflict', item: 1 });
      expect(within).toEqual({ kind: 'idempotency-conflict', item: 1 });
      expect((await under.store.listings.totals()).pending).toBe(1);
      const fresh = await accept(under.store, session, [event({ idempotency: key('m', 'cc') })]);
      expect(only(fresh.items).duplicate).toBe(false);
    });

    test('keeps the keys of two credentials apart', async () => {
      const mine = await accept(under.store, session, [event({ idempotency: key('k') })], 'user:1');
      const theirs = await accept(under.store, session, [event({ idempotency: key('k', 'bb') })], 'key:7');

      expect(only(theirs.items).eventId).not.toBe(only(mine.items).eventId);
      expect(only(theirs.items).duplicate).toBe(false);
    });

    test('remembers a key for 24 hours, also when nothing was tidied', async () => {
      const send = async () =>
        only((await accept(under.store, session, [event({ idempotency: key('k') })])).items);
      const first = await send();

      await under.advance(24 * HOUR - 1);
      expect(await send()).toEqual({ eventId: first.eventId, duplicate: true });
      await under.advance(1);
      expect(await send()).toMatchObject({ duplicate: false });
    });

    test('tidies keys away only once they are past their time', async () => {
      const send = async (name: string) =>
        only((await accept(under.store, session, [event({ idempotency: key(name) })])).items).duplicate;
      await send('old');
      await under.advance(12 * HOUR);
      await send('young');
      await under.advance(12 * HOUR);

      while ((await under.store.deliveries.tidy(10)).more);

      expect([await send('old'), await send('young')]).toEqual([false, true]);
    });

    test('takes events for which no session is left, and leaves their deliveries in the store', async () => {
      await createWebhook(under.store);
      await under.store.deliveries.closeSession(session);

      const { offered, spilled } = await accept(under.store, session);

      expect(offered).toEqual([]);
      expect(spilled).toHaveLength(1);
      const next = await under.store.deliveries.openSession(ROOMY);
      expect(await under.store.deliveries.backlog(next)).toMatchObject([{ dueInMs: 0 }]);
    });
  });
}
