import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Scope } from '../../domain/rights.js';
import { ANNA, type MakeStore, type StoreUnderTest } from './harness.conformance.js';

export function keysConformance(makeStore: MakeStore): void {
  describe('keeping API keys', () => {
    let under: StoreUnderTest;

    const create = (name: string, scopes: Scope[] = ['read']) =>
      under.store.keys.create({ name, scopes, prefix: `lh_${name}`, hash: `hash of ${name}` }, ANNA);

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('finds a key by its hash, until it is revoked', async () => {
      const lobby = await create('lobby', ['events:write', 'read']);
      expect(lobby).toMatchObject({
        name: 'lobby',
        scopes: ['events:write', 'read'],
        prefix: 'lh_lobby',
        createdAt: await under.now(),
        lastUsedAt: null,
      });
      expect(await under.store.keys.byHash('hash of lobby')).toEqual(lobby);
      expect(await under.store.keys.byHash('hash of Lobby')).toBeNull();

      expect(await under.store.keys.revoke(lobby.uid, ANNA)).toBe(true);
      expect(await under.store.keys.revoke(lobby.uid, ANNA)).toBe(false);
      expect(await under.store.keys.byHash('hash of lobby')).toBeNull();
    });

    test('never gives the uid of a revoked key again', async () => {
      const first = await create('first');
      await under.store.keys.revoke(first.uid, ANNA);

      expect((await create('second')).uid).toBeGreaterThan(first.uid);
    });

    test('lists keys by uid, either way, page by page, with one scope or with any', async () => {
      const all = [await create('a'), await create('b', ['admin', 'read']), await create('c', ['admin'])];
      const list = (change: object) =>
        under.store.keys.list({ scope: null, limit: 2, offset: 0, asc: true, ...change });

      expect(await list({})).toEqual({ total: 3, rows: all.slice(0, 2) });
      expect(await list({ asc: false, offset: 1 })).toEqual({ total: 3, rows: [all[1], all[0]] });
      expect(await list({ scope: 'read' })).toEqual({ total: 2, rows: all.slice(0, 2) });
      expect(await list({ scope: 'events:write' })).toEqual({ total: 0, rows: [] });
    });

    test('keeps when keys were used last', async () => {
      const used = await create('used');
      const unused = await create('unused');
      await under.advance(1000);

      await under.store.keys.used([used.uid, unused.uid + 1]);

      expect(await under.store.keys.byHash('hash of used')).toEqual({
        ...used,
        lastUsedAt: await under.now(),
      });
      expect(await under.store.keys.byHash('hash of unused')).toEqual(unused);
    });
  });
}
