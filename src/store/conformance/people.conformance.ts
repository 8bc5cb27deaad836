import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MakeStore, StoreUnderTest } from './harness.conformance.js';

const HOUR = 3_600_000;

export function peopleConformance(makeStore: MakeStore): void {
  describe('keeping people', () => {
    let under: StoreUnderTest;

    const user = (username: string) =>
      under.store.people.createUser({ username, accountType: 'admin', passwordHash: 'hash' });

    beforeEach(async () => {
      under = await makeStore();
    });
    afterEach(() => under.dispose());

    test('finds a user by the exact name, which is given once', async () => {
      expect(await under.store.people.countUsers()).toBe(0);
      const created = await user('Anna');

      expect(created).toMatchObject({ username: 'Anna', accountType: 'admin', createdAt: await under.now() });
      expect(await user('Anna')).toBeNull();
      expect(await under.store.people.userByName('Anna')).toEqual(created);
      expect(await under.store.people.userByName('anna')).toBeNull();
      expect(await user('anna')).not.toBeNull();
      expect(await under.store.people.countUsers()).toBe(2);
    });

    test('knows a user by a token until its time is over, whether tidied or not', async () => {
      const anna = await user('Anna');
      await under.store.people.createToken({ hash: 'ab', userUid: anna?.uid ?? 0, livesMs: 2 * HOUR });
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
      for (const hash of ['ab', 'cd']) {
        await under.store.people.createToken({ hash, userUid: anna?.uid ?? 0, livesMs: HOUR });
      }

      await under.store.people.endToken('ab');
      await under.store.people.endToken('never there');

      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.people.userByToken('cd')).toEqual(anna);
    });

    test("ends all of a user's tokens with a new password, and nobody else's", async () => {
      const anna = await user('Anna');
      const ben = await user('Ben');
      await under.store.people.createToken({ hash: 'ab', userUid: anna?.uid ?? 0, livesMs: HOUR });
      await under.store.people.createToken({ hash: 'cd', userUid: ben?.uid ?? 0, livesMs: HOUR });

      expect(await under.store.people.setPassword('Anna', 'new')).toBe(true);
      expect(await under.store.people.setPassword('Nobody', 'new')).toBe(false);

      expect((await under.store.people.userByName('Anna'))?.passwordHash).toBe('new');
      expect(await under.store.people.userByToken('ab')).toBeNull();
      expect(await under.store.people.userByToken('cd')).toEqual(ben);
    });
  });
}
