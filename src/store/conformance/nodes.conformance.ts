import { describe, expect, test } from 'vitest';
import type { MakeStore } from './harness.conformance.js';
import { ROOMY } from './harness.conformance.js';

const MINUTE = 60_000;

export function nodesConformance(makeStore: MakeStore): void {
  describe('sessions and nodes', () => {
    test('a session that is heard of lives, and says the time of the store', async () => {
      const under = await makeStore();
      const session = await under.store.deliveries.openSession(ROOMY);

      const heartbeat = await under.store.deliveries.heartbeat(session);

      const now = await under.now();
      expect(heartbeat).toMatchObject({ alive: true });
      if (heartbeat.alive) expect(Math.abs(heartbeat.now - now)).toBeLessThan(MINUTE);
      await under.dispose();
    });

    test('a session that was closed never lives again', async () => {
      const under = await makeStore();
      const session = await under.store.deliveries.openSession(ROOMY);
      await under.store.deliveries.closeSession(session);

      expect(await under.store.deliveries.heartbeat(session)).toEqual({ alive: false });
      await under.dispose();
    });

    test('who waits for news when the store is closed is answered', async () => {
      const under = await makeStore();
      const waiting = under.store.nodes.news({ waitMs: 60 * MINUTE });

      await under.store.close();

      expect(await waiting).toEqual({ webhooks: false, lanes: [] });
      await under.dispose();
    });
  });

  describe('failed log-ins', () => {
    test('are counted by pair, for fifteen minutes', async () => {
      const under = await makeStore();
      const { nodes } = under.store;

      await nodes.loginFailed('anna from the lobby');
      await under.advance(5 * MINUTE);
      const both = await nodes.loginFailed('anna from the lobby');
      const others = await nodes.failedLogins('anna from the garage');
      await under.advance(11 * MINUTE);
      const later = await nodes.failedLogins('anna from the lobby');

      expect(both.map((ms) => Math.round(ms / MINUTE))).toEqual([5, 0]);
      expect(others).toEqual([]);
      expect(later.map((ms) => Math.round(ms / MINUTE))).toEqual([11]);
      await under.dispose();
    });

    test('the newest ten are enough to know', async () => {
      const under = await makeStore();
      for (let n = 0; n < 12; n++) {
        await under.store.nodes.loginFailed('anna');
        await under.advance(MINUTE);
      }

      const ages = await under.store.nodes.failedLogins('anna');

      expect(ages.map((ms) => Math.round(ms / MINUTE))).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
      await under.dispose();
    });

    test('those of a clock that was set back since keep nobody out', async () => {
      const under = await makeStore();
      await under.store.nodes.loginFailed('anna');
      await under.jump(-60 * MINUTE);

      expect(await under.store.nodes.failedLogins('anna')).toEqual([]);
      await under.dispose();
    });

    test('count across a restart', async () => {
      const under = await makeStore();
      await under.store.nodes.loginFailed('anna');

      const store = await under.restart();

      expect(await store.nodes.failedLogins('anna')).toHaveLength(1);
      await under.dispose();
    });
  });
}
