import { expect, test } from 'vitest';
import { type Session, type Store, StoreUnavailable } from '../../src/store/store.js';
import { ManualClock } from '../support/clock.js';
import { openEngineSite } from '../support/engine-site.js';
import { until } from '../support/until.js';
import { withVerbs } from '../support/verbs.js';

const MINUTE_MS = 60_000;

/** A store in which this node is soon taken for dead, as after a freeze; then sessions open when they are let. */
class TakenForDead {
  readonly closed: Session[] = [];
  asked = 0;
  dead = false;
  #opening: (() => Promise<Session>) | null = null;

  readonly wrap = (store: Store): Store => {
    const { deliveries } = store;
    return {
      ...store,
      deliveries: withVerbs(deliveries, {
        heartbeat: async (session) => {
          const heartbeat = await deliveries.heartbeat(session);
          return this.dead ? { ...heartbeat, alive: false } : heartbeat;
        },
        openSession: async (limits) => {
          this.asked++;
          return this.#opening ? this.#opening() : deliveries.openSession(limits);
        },
        closeSession: async (session) => {
          this.closed.push(session);
          await deliveries.closeSession(session);
        },
      }),
    };
  };

  opensBy(open: () => Promise<Session>): void {
    this.dead = true;
    this.#opening = open;
  }
}

test('after the stop no session is opened, also when the last try of a replacement failed', async () => {
  const clock = new ManualClock();
  const store = new TakenForDead();
  const site = await openEngineSite({ clock, wrap: store.wrap });
  store.opensBy(() => Promise.reject(new StoreUnavailable('the disk is full')));
  await until(
    async () => clock.advance(1_000),
    () => store.asked > 1,
    1_000,
  );

  await site.engine.stop();
  const before = store.asked;
  clock.advance(MINUTE_MS);
  expect(store.asked).toBe(before);
});

test('a session that is opened during the stop is closed', async () => {
  const clock = new ManualClock();
  const store = new TakenForDead();
  const site = await openEngineSite({ clock, wrap: store.wrap });
  let open: (session: Session) => void = () => {};
  store.opensBy(
    () =>
      new Promise((resolve) => {
        open = resolve;
      }),
  );
  await until(
    async () => clock.advance(1_000),
    () => store.asked > 1,
    1_000,
  );

  const stopped = site.engine.stop();
  const late = await site.store.deliveries.openSession({ perLane: 1, bytes: 1_000 });
  open(late);
  await stopped;
  expect(store.closed).toContainEqual(late);
});
