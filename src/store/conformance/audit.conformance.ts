import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../domain/actor.js';
import { failedLoginAudited } from '../../domain/audit.js';
import type { AuditFilter, AuditRow } from '../store.js';
import {
  ANNA,
  acceptOne,
  attempt,
  createWebhook,
  FAILED,
  type MakeStore,
  only,
  outcome,
  ROOMY,
  record,
  type StoreUnderTest,
  spec,
} from './harness.conformance.js';

const ANY: AuditFilter = { action: null, actorKind: null, from: null, to: null };
const NOTHING = { username: null, accountType: null, passwordHash: null };

export function auditConformance(makeStore: MakeStore): void {
  describe('the audit trail', () => {
    let under: StoreUnderTest;

    const list = async (filter: Partial<AuditFilter> = {}): Promise<AuditRow[]> => {
      const request = { filter: { ...ANY, ...filter }, limit: 50, offset: 0, asc: true };
      return (await under.store.audit.list(request)).rows;
    };
    const actions = async () => (await list()).map(({ entry }) => entry.action);
    const user = (username: string) =>
      under.store.people.createUser({ username, accountType: 'admin', passwordHash: 'hash' }, SYSTEM);

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('tells who made, changed and deleted a webhook, what it was before and after, and no secret', async () => {
      const webhook = await createWebhook(under.store);
      const url = `${webhook.url}/new`;
      await under.advance(5);
      await under.store.webhooks.update(
        webhook.uid,
        { ...webhook, url, secret: 'another secret of it', headers: '{"X-Building":"8"}' },
        SYSTEM,
      );
      await under.store.webhooks.remove(webhook.uid, ANNA);

      const shown = { url: webhook.url, secret: '***', headers: '{"X-Building":"***"}', status: 'active' };
      const rows = await list();
      expect(rows).toMatchObject([
        { actor: ANNA, at: (await under.now()) - 5, entry: { action: 'webhook.created', before: null } },
        { actor: SYSTEM, at: await under.now(), entry: { action: 'webhook.changed', before: shown } },
        { actor: ANNA, entry: { action: 'webhook.deleted', before: { ...shown, url }, after: null } },
      ]);
      expect(rows[0]?.entry.after).toMatchObject(shown);
      expect(rows[1]?.entry.after).toMatchObject({ ...shown, url });
      expect(rows.map(({ entry }) => entry.changed)).toEqual([[], ['url', 'secret', 'headers'], []]);
      expect(new Set(rows.map(({ entry }) => entry.targetUid))).toEqual(new Set([webhook.uid]));
      expect(JSON.stringify(rows)).not.toMatch(/secret of|"7|"8|7\\|8\\/);
    });

    test('says nothing of changes that were refused', async () => {
      const webhook = await createWebhook(under.store);
      const anna = await user('Anna');

      await under.store.webhooks.create(spec({ url: webhook.url }), ANNA);
      await under.store.webhooks.update(webhook.uid + 1, spec(), ANNA);
      await under.store.webhooks.remove(webhook.uid + 1, ANNA);
      await user('Anna');
      await under.store.people.changeUser(anna?.uid ?? 0, { ...NOTHING, accountType: 'user' }, ANNA);
      await under.store.people.removeUser(anna?.uid ?? 0, ANNA);
      await under.store.keys.revoke(1, ANNA);

      expect(await actions()).toEqual(['webhook.created', 'user.created']);
    });

    test('tells that a receiver who is gone had its webhook disabled, once', async () => {
      const webhook = await createWebhook(under.store);
      const session = await under.store.deliveries.openSession(ROOMY);
      const held = await acceptOne(under.store, session);
      const gone = outcome(session, held, webhook.versionId, {
        attempt: attempt(held, webhook.versionId, { responseStatus: 410 }),
        next: FAILED,
        disable: 'receiver-gone',
      });

      await record(under.store, gone);
      await record(under.store, gone);

      expect(only(await list({ actorKind: 'system' }))).toMatchObject({
        actor: SYSTEM,
        entry: {
          action: 'webhook.disabled',
          targetUid: webhook.uid,
          before: { status: 'active', disabled_reason: null },
          after: { status: 'disabled', disabled_reason: 'receiver-gone' },
          changed: ['status', 'disabled_reason'],
        },
      });
    });

    test('tells of users, with the fact of a new password and not its hash', async () => {
      await user('Anna');
      const ben = await user('Ben');
      const change = { username: 'Benny', accountType: 'user', passwordHash: 'new' } as const;
      await under.store.people.changeUser(ben?.uid ?? 0, change, ANNA);
      await under.store.people.removeUser(ben?.uid ?? 0, ANNA);

      const rows = (await list()).slice(1).map(({ entry }) => entry);
      const before = { username: 'Ben', account_type: 'admin' };
      const after = { username: 'Benny', account_type: 'user' };
      const targetUid = ben?.uid;
      expect(rows).toEqual([
        { action: 'user.created', targetUid, before: null, after: before, changed: [] },
        {
          action: 'user.changed',
          targetUid,
          before,
          after,
          changed: ['username', 'account_type', 'password'],
        },
        { action: 'user.removed', targetUid, before: after, after: null, changed: [] },
      ]);
    });

    test('tells of keys by their prefix', async () => {
      const spec = { name: 'lobby', scopes: ['read' as const], prefix: 'lh_abc', hash: 'hash' };
      const key = await under.store.keys.create(spec, ANNA);
      await under.store.keys.used([key.uid]);
      await under.store.keys.revoke(key.uid, ANNA);

      const shown = { name: 'lobby', prefix: 'lh_abc', scopes: ['read'] };
      const targetUid = key.uid;
      expect((await list()).map(({ entry }) => entry)).toEqual([
        { action: 'key.created', targetUid, before: null, after: shown, changed: [] },
        { action: 'key.revoked', targetUid, before: shown, after: null, changed: [] },
      ]);
    });

    test('tells of log-ins that it is told of', async () => {
      const anna = await user('Anna');
      if (!anna) throw new Error('no Anna');
      const actor = { ...ANNA, uid: anna.uid };
      const token = { user: anna, livesMs: 1000 };
      await under.store.people.createToken({ ...token, hash: 'ab', login: actor });
      await under.store.people.createToken({ ...token, hash: 'cd', login: null });
      const stranger = { ...ANNA, uid: null, name: 'stranger' };
      await under.store.audit.record([{ actor: stranger, entry: failedLoginAudited(3) }]);

      expect((await list()).slice(1)).toMatchObject([
        { actor, entry: { action: 'login', targetUid: anna.uid } },
        { actor: stranger, entry: { action: 'login.failed', targetUid: null, after: { attempts: 3 } } },
      ]);
    });

    test('is listed either way, page by page, by action, kind of actor and time, also after a restart', async () => {
      for (const name of ['a', 'b', 'c']) {
        await user(name);
        await under.advance(10);
      }
      await createWebhook(under.store);
      await under.restart();
      const now = await under.now();
      const all = await list();
      const page = { filter: ANY, limit: 2 };

      expect(await under.store.audit.list({ ...page, offset: 0, asc: false })).toEqual({
        total: 4,
        rows: [all[3], all[2]],
      });
      expect(await under.store.audit.list({ ...page, offset: 3, asc: true })).toEqual({
        total: 4,
        rows: [all[3]],
      });
      expect(await list({ action: 'user.created' })).toEqual(all.slice(0, 3));
      expect(await list({ actorKind: 'user' })).toEqual(all.slice(3));
      expect(await list({ from: now - 20, to: now - 10 })).toEqual(all.slice(1, 3));
      expect(await list({ action: 'user.created', actorKind: 'system', from: now - 10, to: null })).toEqual(
        all.slice(2, 3),
      );
    });
  });
}
