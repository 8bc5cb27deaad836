import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '../../domain/actor.js';
import type { User } from '../store.js';
import { ANNA, type MakeStore, type StoreUnderTest } from './harness.conformance.js';

const HOUR = 3_600_000;
const NOTHING = { username: null, accountType: null, passwordHash: null };

export function peopleConformance(makeStore: MakeStore): void {
  describe('keeping people', () => {
    let under: StoreUnderTest;

    const create = (username: string, accountType: 'admin' | 'user' = 'admin') =>
      under.store.people.createUser({ username, accountType, passwordHash: `hash of ${username}` }, ANNA);

    const user = async (username: string, accountType: 'admin' | 'user' = 'admin'): Promise<User> => {
      const created = await create(username, accountType);
      if (!created) throw new Error(`there is a ${username} already`);
      return created;
    };

    const token = (hash: string, of: User, livesMs = HOUR) =>
      under.store.people.createToken({ hash, user: of, livesMs, login: null });

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('finds a user by the exact name, which is given once', async () => {
      expect(await under.store.people.countUsers()).toBe(0);
      const created = await user('Anna');

      expect(created).toMatchObject({ username: 'Anna', accountType: 'admin', createdAt: await under.now() });
      expect(await create('Anna')).toBeNull();
      expect(await under.store.people.userByName('Anna')).toEqual(created);
      expect(await under.store.people.user(created.uid)).toEqual(created);
      expect(await under.store.people.userByName('anna')).toBeNull();
      expect(await under.store.people.user(created.uid + 1)).toBeNull();
      expect(await create('anna')).not.toBeNull();
      expect(await under.store.people.countUsers()).toBe(2);
    });

    test('lists users by uid, either way, page by page, of one type or of both', async () => {
      const all = [await user('Anna'), await user('Ben', 'user'), await user('Cleo', 'user')];
      const list = (change: object) =>
        under.store.people.users({ accountType: null, limit: 2, offset: 0, asc: true, ...change });

      expect(await list({})).toEqual({ total: 3, rows: all.slice(0, 2) });
      expect(await list({ offset: 2 })).toEqual({ total: 3, rows: all.slice(2) });
      expect(await list({ asc: false })).toEqual({ total: 3, rows: [all[2], all[1]] });
      expect(await list({ accountType: 'user' })).toEqual({ total: 2, rows: [all[1], all[2]] });
      expect(await list({ accountType: 'admin', offset: 1 })).toEqual({ total: 1, rows: [] });
    });

    test('changes what is named of a user, and nothing else', async () => {
      await user('Anna');
      const ben = await user('Ben', 'user');
      const change = (what: object) => under.store.people.changeUser(ben.uid, { ...NOTHING, ...what }, ANNA);

      expect(await change({ username: 'Benny' })).toEqual({
        kind: 'written',
        user: { ...ben, username: 'Benny' },
      });
      expect(await change({ accountType: 'admin' })).toMatchObject({ kind: 'written' });
      expect(await change({ username: 'Benny' })).toMatchObject({ kind: 'written' });
      expect(await change({ username: 'Anna', accountType: 'user' })).toEqual({ kind: 'same-username' });
      expect(await under.store.people.userByName('Ben')).toBeNull();
      expect(await under.store.people.user(ben.uid)).toEqual({
        ...ben,
        username: 'Benny',
        accountType: 'admin',
      });
      expect(await under.store.people.changeUser(ben.uid + 1, NOTHING, ANNA)).toEqual({ kind: 'unknown' });
    });

    test('neither removes nor degrades the last administrator', async () => {
      const anna = await user('Anna');
      const ben = await user('Ben', 'user');
      const degrade = (uid: number) =>
        under.store.people.changeUser(uid, { ...NOTHING, username: 'X', accountType: 'user' }, ANNA);

      expect(await degrade(anna.uid)).toEqual({ kind: 'last-administrator' });
      expect(await under.store.people.removeUser(anna.uid, ANNA)).toBe('last-administrator');
      expect(await under.store.people.user(anna.uid)).toEqual(anna);

      await under.store.people.changeUser(ben.uid, { ...NOTHING, accountType: 'admin' }, ANNA);
      expect(await degrade(anna.uid)).toMatchObject({ kind: 'written' });
      expect(await under.store.people.removeUser(ben.uid, ANNA)).toBe('last-administrator');
    });

    test('removes a user with all tokens, whose uid is never given again', async () => {
      await user('Anna');
      const ben = await user('Ben', 'user');
      await token('ab', ben);

      expect(await under.store.people.removeUser(ben.uid, ANNA)).toBe('removed');

      expect(await under.store.people.removeUser(ben.uid, ANNA)).toBe('unknown');
      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.people.userByName('Ben')).toBeNull();
      expect((await user('Ben', 'user')).uid).toBeGreaterThan(ben.uid);
      expect(await under.store.people.userByToken('ab')).toBeNull();
    });

    test('knows a user by a token until its time is over, whether tidied or not', async () => {
      const anna = await user('Anna');
      expect(await token('ab', anna, 2 * HOUR)).toBe(true);
      expect(await under.store.people.userByToken('ab')).toEqual(anna);

      await under.advance(2 * HOUR - 1);
      await under.store.deliveries.tidy(10);
      expect(await under.store.people.userByToken('ab')).toEqual(anna);
      await under.advance(1);
      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.deliveries.tidy(10)).toEqual({ more: false });
      expect(await under.store.people.userByToken('ab')).toBeNull();
    });

    test('ends one token, and no other', async () => {
      const anna = await user('Anna');
      for (const hash of ['ab', 'cd']) await token(hash, anna);

      await under.store.people.endToken('ab');
      await under.store.people.endToken('never there');

      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.people.userByToken('cd')).toEqual(anna);
    });

    test("ends all of a user's tokens with a new password, and nobody else's", async () => {
      const anna = await user('Anna');
      const ben = await user('Ben');
      await token('ab', anna);
      await token('cd', ben);
      const change = (what: object) => under.store.people.changeUser(anna.uid, { ...NOTHING, ...what }, ANNA);

      await change({ username: 'Annie' });
      expect(await under.store.people.userByToken('ab')).toMatchObject({ username: 'Annie' });
      await change({ passwordHash: 'new' });

      expect((await under.store.people.user(anna.uid))?.passwordHash).toBe('new');
      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.people.userByToken('cd')).toEqual(ben);
    });

    test('gives no token for a password that is another by now, nor to one who is gone', async () => {
      await user('Anna');
      const ben = await user('Ben');
      await under.store.people.changeUser(ben.uid, { ...NOTHING, passwordHash: 'new' }, ANNA);
      const login = { ...ANNA, uid: ben.uid };
      const late = { hash: 'ab', user: ben, livesMs: HOUR, login };

      expect(await under.store.people.createToken(late)).toBe(false);
      await under.store.people.removeUser(ben.uid, SYSTEM);
      expect(await token('ab', { ...ben, passwordHash: 'new' })).toBe(false);

      expect(await under.store.people.userByToken('ab')).toBeNull();
      const filter = { action: 'login', actorKind: null, from: null, to: null } as const;
      expect(await under.store.audit.list({ filter, limit: 10, offset: 0, asc: true })).toEqual({
        total: 0,
        rows: [],
      });
    });
  });
}
