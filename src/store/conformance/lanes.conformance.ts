import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../domain/actor.js';
import type { Webhook } from '../../domain/webhook.js';
import type { HeldDelivery, LaneChange, Session, Store } from '../store.js';
import {
  accept,
  acceptOne,
  createWebhook,
  event,
  type MakeStore,
  only,
  outcome,
  ROOMY,
  record,
  retry,
  type StoreUnderTest,
} from './harness.conformance.js';

const OPEN = { health: 'open', probeInMs: 5_000, probes: 0, failingForMs: 3_000 } satisfies LaneChange;
const times = (count: number) => Array.from({ length: count }, () => event());
const uids = (list: readonly HeldDelivery[]) => list.map(({ uid }) => uid);

export function lanesConformance(makeStore: MakeStore): void {
  describe('lanes', () => {
    let under: StoreUnderTest;
    let store: Store;
    let session: Session;

    const claim = (webhookUid: number, limit = 1_000) =>
      store.deliveries.claim({ session, webhookUid, limit });
    const give = (held: readonly HeldDelivery[]) =>
      store.deliveries.release({ session, rows: held.map(({ uid, claimNo }) => ({ uid, claimNo })) });
    const set = ({ uid, versionId }: Webhook, change: LaneChange) =>
      store.deliveries.setHealth({ webhookUid: uid, versionId, change });
    const probe = async ({ uid }: Webhook) =>
      (await store.deliveries.claimProbe({ session, webhookUid: uid })).delivery;
    const shown = async (held: HeldDelivery) => {
      const stored = await store.listings.delivery(held.uid);
      if (!stored) throw new Error(`delivery ${held.uid} is not shown`);
      return stored.delivery;
    };

    beforeEach(async () => {
      under = await makeStore();
      store = under.store;
      session = await store.deliveries.openSession(ROOMY);
    });
    afterEach(() => under.dispose());

    describe('a circuit', () => {
      test('that opens with an outcome holds what is owed in the very next transaction', async () => {
        const webhook = await createWebhook(store);
        const held = await acceptOne(store, session);
        const { generation } = await store.webhooks.changesSince(0);

        const failed = retry(session, held, webhook.versionId, 1_000);
        expect(await record(store, { ...failed, lane: OPEN })).toMatchObject({ laneChanged: true });

        const now = await under.now();
        const { changed } = await store.webhooks.changesSince(generation);
        expect(only(changed)).toMatchObject({
          health: 'open',
          failingSince: now - 3_000,
          nextProbeAt: now + 5_000,
          probes: 0,
        });
        expect(await accept(store, session)).toMatchObject({ offered: [], spilled: [webhook.uid] });
        await under.advance(1_000);
        expect(await claim(webhook.uid)).toMatchObject({ deliveries: [], more: false });
        expect(await shown(held)).toMatchObject({ held: true, nextAttemptAt: null });
        expect(await store.deliveries.backlog(session)).toMatchObject([{ webhookUid: webhook.uid }]);
      });

      test('gives one row at a time for a probe, due or not, the one probed last behind the others', async () => {
        const webhook = await createWebhook(store);
        const { offered } = await accept(store, session, times(3));
        await give(offered);
        expect(await probe(webhook)).toBeNull(); // it is not open
        await set(webhook, OPEN);

        const probed: number[] = [];
        for (let n = 1; n <= 4; n++) {
          const held = await probe(webhook);
          if (!held) throw new Error('nothing to probe with');
          probed.push(held.uid);
          const change: LaneChange = { ...OPEN, probes: n };
          const failed = retry(session, held, webhook.versionId, 5_000);
          await record(store, { ...failed, probe: true, lane: change });
          await under.advance(1);
        }

        expect(probed).toEqual([...uids(offered), offered[0]?.uid]);
        const first = await shown(offered[0] as HeldDelivery);
        expect([first.attempts, first.maxAttempts]).toEqual([2, 2 + 4]);
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ health: 'open', probes: 4 });
      });

      test('keeps saying since when it fails, whatever its probes say', async () => {
        const webhook = await createWebhook(store);
        await set(webhook, OPEN);
        const since = (await store.webhooks.get(webhook.uid))?.failingSince;
        await under.advance(60_000);
        await set(webhook, { ...OPEN, probes: 1, failingForMs: 0 });
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ failingSince: since, probes: 1 });
      });

      test('that closes drains, then is healthy; nothing else can drain or become healthy', async () => {
        const webhook = await createWebhook(store);
        expect(await set(webhook, { health: 'draining' })).toBe(false);
        await set(webhook, OPEN);
        expect(await set(webhook, { health: 'healthy' })).toBe(false);
        expect(await set(webhook, { health: 'draining' })).toBe(true);
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({
          health: 'draining',
          failingSince: null,
        });
        expect((await accept(store, session)).offered).toHaveLength(1);
        expect(await set(webhook, { health: 'healthy' })).toBe(true);
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ health: 'healthy', nextProbeAt: null });
      });

      test('is closed by a new URL and by a change of status, and by no other change', async () => {
        const webhook = await createWebhook(store);
        await set(webhook, OPEN);
        const update = (change: Partial<Webhook>) =>
          store.webhooks.update(webhook.uid, { ...webhook, ...change }, SYSTEM);
        await update({ description: 'the lobby' });
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ health: 'open' });
        // what was decided by the version before counts no longer
        expect(await set(webhook, { health: 'draining' })).toBe(false);
        await update({ url: `${webhook.url}/new` });
        const renewed = await store.webhooks.get(webhook.uid);
        expect(renewed).toMatchObject({ health: 'healthy' });
        await set(renewed as Webhook, OPEN);
        await update({ url: `${webhook.url}/new`, status: 'disabled' });
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ health: 'healthy' });
        expect(await set((await store.webhooks.get(webhook.uid)) as Webhook, OPEN)).toBe(false);
      });

      test('is not touched by an outcome that is stale', async () => {
        const webhook = await createWebhook(store);
        const held = await acceptOne(store, session);
        await give([held]);
        const failed = retry(session, held, webhook.versionId, 1_000);
        expect(await record(store, { ...failed, lane: OPEN })).toEqual({ kind: 'stale' });
        expect(await store.webhooks.get(webhook.uid)).toMatchObject({ health: 'healthy' });
      });

      test('outlives its process', async () => {
        const webhook = await createWebhook(store);
        await set(webhook, { ...OPEN, probes: 3 });
        const before = await store.webhooks.get(webhook.uid);
        expect(await (await under.restart()).webhooks.get(webhook.uid)).toEqual(before);
      });
    });

    describe('an ordered lane', () => {
      test('numbers its rows one after the other, and offers them so', async () => {
        await createWebhook(store, { ordered: true });
        const { offered } = await accept(store, session, times(3));
        const more = await accept(store, session, times(2));
        expect([...offered, ...more.offered].map(({ laneSeq }) => laneSeq)).toEqual([1, 2, 3, 4, 5]);
      });

      test('lets nothing pass one that waits for its retry, neither fresh nor claimed nor after a restart', async () => {
        const webhook = await createWebhook(store, { ordered: true });
        const [first, second] = (await accept(store, session, times(2))).offered;
        if (!first || !second) throw new Error('two were accepted');
        await record(store, retry(session, first, webhook.versionId, 5_000));
        expect((await accept(store, session)).offered).toEqual([]);
        await give([second]);
        expect(await claim(webhook.uid)).toEqual({
          deliveries: [],
          more: false,
          nextDueMs: 5_000,
          again: false,
        });
        store = await under.restart();
        session = await store.deliveries.openSession(ROOMY);
        expect((await accept(store, session)).offered).toEqual([]);
        expect(await store.deliveries.backlog(session)).toEqual([
          { webhookUid: webhook.uid, dueInMs: 5_000 },
        ]);
        await under.advance(5_000);
        const { deliveries, more } = await claim(webhook.uid);
        expect(deliveries.map(({ laneSeq }) => laneSeq)).toEqual([1, 2, 3, 4]);
        expect(more).toBe(false);
        expect((await accept(store, session)).offered.map(({ laneSeq }) => laneSeq)).toEqual([5]);
      });

      test('gives nothing while the session holds its first row, and for a probe none but the first', async () => {
        const webhook = await createWebhook(store, { ordered: true });
        const [first, second] = (await accept(store, session, times(2))).offered;
        if (!first || !second) throw new Error('two were accepted');
        await give([second]);
        expect((await claim(webhook.uid)).deliveries).toEqual([]);
        await set(webhook, OPEN);
        expect(await probe(webhook)).toBeNull();
        await give([first]);
        expect((await probe(webhook))?.uid).toBe(first.uid);
      });

      test('gives what was owed before it became ordered first, in the order of acceptance', async () => {
        const webhook = await createWebhook(store, { status: 'disabled' });
        for (let n = 0; n < 3; n++) await accept(store, session, times(400));
        const ordered = { ...webhook, ordered: true, status: 'active' as const };
        await store.webhooks.update(webhook.uid, ordered, SYSTEM);
        await accept(store, session, times(5));

        const all: HeldDelivery[] = [];
        for (let n = 0; n < 100 && all.length < 1_205; n++) {
          const { deliveries } = await claim(webhook.uid);
          for (const held of deliveries) await record(store, outcome(session, held, webhook.versionId + 1));
          all.push(...deliveries);
        }
        expect(all).toHaveLength(1_205);
        expect(uids(all)).toEqual(uids(all).sort((a, b) => a - b));
      });

      test('that is ordered no longer gives what is due, whatever waits before it', async () => {
        const webhook = await createWebhook(store, { ordered: true });
        const [first, second] = (await accept(store, session, times(2))).offered;
        if (!first || !second) throw new Error('two were accepted');
        await record(store, retry(session, first, webhook.versionId, 5_000));
        await give([second]);
        await store.webhooks.update(webhook.uid, { ...webhook, ordered: false }, SYSTEM);
        expect(uids((await claim(webhook.uid)).deliveries)).toEqual([second.uid]);
      });
    });

    describe('a greatest age', () => {
      test('ends what is older when it is claimed, and counts it', async () => {
        const webhook = await createWebhook(store, { maxAge: 60, status: 'disabled' });
        await accept(store, session, times(700));
        await under.advance(30_000);
        await accept(store, session, times(2));
        await under.advance(30_001);
        await store.webhooks.update(webhook.uid, { ...webhook, status: 'active' }, SYSTEM);

        const first = await claim(webhook.uid);
        expect(first).toMatchObject({ deliveries: [], more: true, again: true });
        expect((await claim(webhook.uid)).deliveries).toHaveLength(2);
        expect(await store.listings.totals()).toMatchObject({ expired: 700, pending: 2 });
      });

      test('ends what is in hand, with the reason, and only where it still is', async () => {
        await createWebhook(store, { maxAge: 60 });
        const [old, given] = (await accept(store, session, times(2))).offered;
        if (!old || !given) throw new Error('two were accepted');
        await give([given]);
        await store.deliveries.expire({ session, rows: [old, given] });
        await store.deliveries.expire({ session, rows: [old] });
        expect(await shown(old)).toMatchObject({ state: 'expired', reason: 'too-old', attempts: 0 });
        expect(await shown(given)).toMatchObject({ state: 'pending' });
        expect(await store.listings.totals()).toMatchObject({ expired: 1, pending: 1 });
      });

      test('passes over what is too old for a probe', async () => {
        const webhook = await createWebhook(store, { maxAge: 60 });
        const { offered } = await accept(store, session, times(3));
        await give(offered);
        await under.advance(60_001);
        await give((await accept(store, session)).offered);
        await set(webhook, OPEN);
        const young = await probe(webhook);
        expect(uids(offered)).not.toContain(young?.uid);
        expect(await store.listings.totals()).toMatchObject({ expired: 3, pending: 1 });
      });
    });
  });
}
