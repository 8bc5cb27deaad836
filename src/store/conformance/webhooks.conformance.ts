import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebhookSpec } from '../../domain/webhook.js';
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
  spec,
} from './harness.conformance.js';

export function webhooksConformance(makeStore: MakeStore): void {
  describe('keeping webhooks', () => {
    let under: StoreUnderTest;

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('gives a webhook back exactly as it was written', async () => {
      const written: WebhookSpec = spec({
        url: 'HTTP://Receiver.example:80/a%20path?q=1#part',
        eventTypes: [DOOR, CALL],
        secret: 'ключ с пробелами 🔑🔑',
        headers: '{ "X-A" : "" }',
        timeout: 1500,
        description: 'gate',
        maxRetries: 5,
      });

      const webhook = await createWebhook(under.store, written);

      const now = await under.now();
      expect(webhook).toMatchObject({ ...written, disabledReason: null, createdAt: now, updatedAt: now });
      expect(await under.store.webhooks.get(webhook.uid)).toEqual(webhook);
      const bare = { secret: null, headers: null, timeout: null, description: null };
      expect(await createWebhook(under.store, bare)).toMatchObject(bare);
    });

    test('writes a new version for each change and keeps the earlier ones', async () => {
      const first = await createWebhook(under.store);
      await under.advance(1000);

      const update = await under.store.webhooks.update(
        first.uid,
        spec({ url: first.url, secret: 'x'.repeat(20) }),
        ANNA,
      );

      const second = update.kind === 'written' ? update.webhook : null;
      expect(second).toMatchObject({ uid: first.uid, secret: 'x'.repeat(20), createdAt: first.createdAt });
      expect(second?.updatedAt).toBe(first.updatedAt + 1000);
      expect(second?.versionId).not.toBe(first.versionId);
      await under.store.webhooks.remove(first.uid, ANNA);
      expect(await under.store.webhooks.versions([second?.versionId ?? 0, 999_999, first.versionId])).toEqual(
        [second, first],
      );
    });

    test('holds the same URL once among living webhooks, whatever its spelling or fragment', async () => {
      const first = await createWebhook(under.store, { url: 'https://receiver.example/a' });
      const other = await createWebhook(under.store, { url: 'https://receiver.example/b' });

      const same = spec({ url: 'HTTPS://Receiver.example:443/a#b' });
      expect(await under.store.webhooks.create(same, ANNA)).toEqual({ kind: 'same-url' });
      expect(await under.store.webhooks.update(other.uid, same, ANNA)).toEqual({ kind: 'same-url' });
      expect(await under.store.webhooks.update(first.uid, same, ANNA)).toMatchObject({ kind: 'written' });

      await under.store.webhooks.remove(first.uid, ANNA);
      expect(await under.store.webhooks.create(same, ANNA)).toMatchObject({ kind: 'written' });
    });

    test('frees a URL that its webhook has left', async () => {
      const webhook = await createWebhook(under.store, { url: 'https://receiver.example/a' });

      await under.store.webhooks.update(webhook.uid, spec({ url: 'https://receiver.example/b' }), ANNA);

      expect(
        await under.store.webhooks.create(spec({ url: 'https://receiver.example/a' }), ANNA),
      ).toMatchObject({
        kind: 'written',
      });
    });

    test('lets one of two webhooks with the same URL be created at the same time', async () => {
      const same = spec();

      const results = await Promise.all([
        under.store.webhooks.create(same, ANNA),
        under.store.webhooks.create(same, ANNA),
      ]);

      expect(results.map(({ kind }) => kind).sort()).toEqual(['same-url', 'written']);
    });

    test('never uses a uid again', async () => {
      const first = await createWebhook(under.store);
      await under.store.webhooks.remove(first.uid, ANNA);
      await under.restart();

      expect((await createWebhook(under.store)).uid).toBeGreaterThan(first.uid);
    });

    test('knows a deleted webhook no longer', async () => {
      const { uid } = await createWebhook(under.store);

      expect(await under.store.webhooks.remove(uid, ANNA)).toBe(true);

      expect(await under.store.webhooks.remove(uid, ANNA)).toBe(false);
      expect(await under.store.webhooks.remove(uid + 1, ANNA)).toBe(false);
      expect(await under.store.webhooks.get(uid)).toBeNull();
      expect(await under.store.webhooks.update(uid, spec(), ANNA)).toEqual({ kind: 'unknown' });
    });

    test('keeps the reason while a disabled webhook is edited, and forgets it when it is enabled', async () => {
      const webhook = await createWebhook(under.store);
      const session = await under.store.deliveries.openSession(ROOMY);
      const held = only((await accept(under.store, session)).offered);
      await under.store.deliveries.record({
        session,
        deliveryUid: held.uid,
        claimNo: held.claimNo,
        attempt: {
          number: 1,
          versionId: webhook.versionId,
          formId: null,
          startedAt: held.acceptedAt,
          durationMs: 1,
          responseStatus: 410,
          error: null,
          note: null,
          responseHeaders: null,
          responseBody: null,
          resend: false,
          resent: false,
        },
        next: { state: 'failed', reason: 'receiver-gone' },
        disable: 'receiver-gone',
        probe: false,
        lane: null,
      });
      const { url } = webhook;

      await under.store.webhooks.update(
        webhook.uid,
        spec({ url, status: 'disabled', description: 'gone' }),
        ANNA,
      );
      expect(await under.store.webhooks.get(webhook.uid)).toMatchObject({ disabledReason: 'receiver-gone' });
      await under.store.webhooks.update(webhook.uid, spec({ url, status: 'active' }), ANNA);
      await under.store.webhooks.update(webhook.uid, spec({ url, status: 'disabled' }), ANNA);
      expect(await under.store.webhooks.get(webhook.uid)).toMatchObject({ disabledReason: null });
    });

    test('tells what changed since a generation, each webhook once and as it is now', async () => {
      const kept = await createWebhook(under.store);
      const changed = await createWebhook(under.store);
      const removed = await createWebhook(under.store);
      const { generation, changed: all, deleted } = await under.store.webhooks.changesSince(0);
      expect([all.map(({ uid }) => uid), deleted]).toEqual([[kept.uid, changed.uid, removed.uid], []]);

      await under.store.webhooks.update(changed.uid, { ...changed, description: 'one' }, ANNA);
      await under.store.webhooks.update(changed.uid, { ...changed, description: 'two' }, ANNA);
      await under.store.webhooks.remove(removed.uid, ANNA);
      const fresh = await createWebhook(under.store);

      const since = await under.store.webhooks.changesSince(generation);
      expect(since.generation).toBeGreaterThan(generation);
      expect(since.changed.map(({ uid, description }) => [uid, description])).toEqual([
        [changed.uid, 'two'],
        [fresh.uid, null],
      ]);
      expect(since.deleted).toEqual([removed.uid]);
      expect(await under.store.webhooks.changesSince(since.generation)).toEqual({
        generation: since.generation,
        changed: [],
        deleted: [],
      });
      const anew = await under.store.webhooks.changesSince(0);
      expect([anew.changed.length, anew.deleted]).toEqual([3, []]);
    });

    test('shows a delivery with the URL that was used last, and before that with the current one', async () => {
      const webhook = await createWebhook(under.store);
      const session = await under.store.deliveries.openSession(ROOMY);
      const { items } = await accept(under.store, session, [event()]);
      const url = 'https://receiver.example/moved';

      await under.store.webhooks.update(
        webhook.uid,
        { ...webhook, url, maxRetries: 1, status: 'disabled' },
        ANNA,
      );

      const shown = await under.store.listings.event(only(items).eventId);
      expect(shown?.deliveries).toMatchObject([{ url, maxAttempts: 2, held: true, nextAttemptAt: null }]);
      expect(await under.store.listings.event(only(items).eventId + 1)).toBeNull();
    });
  });
}
