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
    test('are counted by name, for fifteen minutes', async () => {
      const under = await makeStore();
      const { nodes } = under.store;
      const ages = async (count: string, ...nths: number[]) => {
        const found = await nodes.failedLogins(nths.map((nth) => ({ count, nth })));
        return found.map((ms) => (ms === null ? null : Math.round(ms / MINUTE)));
      };

      await nodes.loginsFailed([{ count: 'anna', ago: 0 }]);
      await under.advance(5 * MINUTE);
      await nodes.loginsFailed([{ count: 'anna', ago: 0 }]);

      expect(await ages('anna', 1, 2, 3)).toEqual([0, 5, null]);
      expect(await ages('ben', 1)).toEqual([null]);
      await under.advance(11 * MINUTE);
      expect(await ages('anna', 2, 1)).toEqual([null, 11]);
      await under.dispose();
    });

    test('many are written together, each as old as it is', async () => {
      const under = await makeStore();
      const failures = Array.from({ length: 120 }, (_, n) => ({ count: 'the garage', ago: n * 1000 }));
      await under.store.nodes.loginsFailed([...failures, { count: 'anna', ago: 10 * MINUTE }]);

      const ages = await under.store.nodes.failedLogins([
        { count: 'anna', nth: 1 },
        { count: 'the garage', nth: 100 },
        { count: 'the garage', nth: 121 },
      ]);

      expect(ages.map((ms) => (ms === null ? null : Math.round(ms / 10_000)))).toEqual([60, 10, null]);
      await under.dispose();
    });

    test('old ones are forgotten by those that follow', async () => {
      const under = await makeStore();
      const { nodes } = under.store;
      await nodes.loginsFailed(Array.from({ length: 50 }, () => ({ count: 'anna', ago: 0 })));
      await under.advance(15 * MINUTE);

      await nodes.loginsFailed(Array.from({ length: 10 }, () => ({ count: 'ben', ago: 0 })));

      // Set back, the clock would show those that are still there.
      await under.jump(-15 * MINUTE);
      expect(await nodes.failedLogins([{ count: 'anna', nth: 1 }])).toEqual([null]);
      await under.dispose();
    });

    test('those of a clock that was set back since keep nobody out', async () => {
      const under = await makeStore();
      await under.store.nodes.loginsFailed([{ count: 'anna', ago: 0 }]);
      await under.jump(-60 * MINUTE);

      expect(await under.store.nodes.failedLogins([{ count: 'anna', nth: 1 }])).toEqual([null]);
      await under.dispose();
    });

    test('count across a restart', async () => {
      const under = await makeStore();
      await under.store.nodes.loginsFailed([{ count: 'anna', ago: 0 }]);

      const store = await under.restart();

      expect(await store.nodes.failedLogins([{ count: 'anna', nth: 1 }])).toEqual([expect.any(Number)]);
      await under.dispose();
    });
  });
}
