import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.js';
import {
  ANNA,
  accept,
  CALL,
  createWebhook,
  DOOR,
  event,
  FAILED,
  outcome,
  ROOMY,
  retry,
  spec,
} from '../conformance/harness.conformance.js';
import { byUid, deliveriesIn, eventsIn, readModel } from '../conformance/listing-model.conformance.js';
import type { EventFilter, Session, Store } from '../store.js';
import { type SharedDatabase, sharedDatabase } from './postgres.conformance.js';

const NOTHING = { username: null, accountType: null, passwordHash: null };
const ANY: EventFilter = {
  webhookUids: null,
  eventTypes: null,
  statuses: null,
  sources: null,
  eventIds: null,
  from: null,
  to: null,
  unmatched: false,
};
const ALL = { offset: 0, limit: 5000 };

/** A transaction that has taken ids and not ended, as of a node that stands still in the middle of it. */
const UNFINISHED = `
  SELECT pg_current_xact_id();
  INSERT INTO event (id, created_at, accepted_at, fanout, event_type, source, data)
  SELECT nextval('event_id_seq'), 5, 5, 0, 0, 'late', '{}'`;

describe('two nodes on one PostgreSQL', () => {
  let shared: SharedDatabase;
  let nodes: [Store, Store];
  let sessions: [Session, Session];

  beforeEach(async () => {
    shared = await sharedDatabase();
    nodes = [await shared.open(), await shared.open()];
    sessions = [await nodes[0].deliveries.openSession(ROOMY), await nodes[1].deliveries.openSession(ROOMY)];
  });
  afterEach(async () => {
    for (const store of nodes) await store.close();
    await shared.drop();
  });

  const both = <Result>(act: (store: Store, session: Session, node: number) => Promise<Result>) =>
    Promise.all([act(nodes[0], sessions[0], 0), act(nodes[1], sessions[1], 1)]);
  const counter = async (name: string) => {
    const [row] = await shared.database.sql<{ value: string }[]>`
      SELECT value FROM counter WHERE name = ${name}`;
    return Number(row?.value);
  };
  const log = (store: Store, account = 'user:1') =>
    store.log.items({ account, eventTypes: null, from: null, to: null, asc: false, offset: 0, limit: 500 });

  test('cannot take the last two administrators from each other', async () => {
    const admin = async (username: string) => {
      const user = { username, accountType: 'admin', passwordHash: 'hash' } as const;
      return (await nodes[0].people.createUser(user, ANNA))?.uid ?? 0;
    };
    for (let round = 0; round < 5; round++) {
      const [anna, ben] = [await admin('Anna'), await admin('Ben')];

      const results = await Promise.all([
        nodes[0].people.changeUser(anna, { ...NOTHING, accountType: 'user' }, ANNA),
        nodes[1].people.removeUser(ben, ANNA),
      ]);

      expect(JSON.stringify(results)).toContain('last-administrator');
      const page = { accountType: 'admin', limit: 9, offset: 0, asc: true } as const;
      expect((await nodes[1].people.users(page)).total).toBe(1);
      await shared.database.sql`DELETE FROM person`;
    }
  });

  test('give a name and a URL once', async () => {
    for (let round = 0; round < 5; round++) {
      const name = `Anna ${round}`;
      const user = { username: name, accountType: 'admin', passwordHash: 'hash' } as const;
      const made = await both((store) => store.people.createUser(user, ANNA));
      expect(made.filter((one) => one !== null)).toHaveLength(1);

      const others = await both((store, _, n) =>
        store.people.createUser({ ...user, username: `${name} ${n}` }, ANNA),
      );
      const named = await both((store, _, n) =>
        store.people.changeUser(others[n]?.uid ?? 0, { ...NOTHING, username: `Ben ${round}` }, ANNA),
      );
      expect(named.map(({ kind }) => kind).sort()).toEqual(['same-username', 'written']);

      const same = spec();
      const created = await both((store) => store.webhooks.create(same, ANNA));
      expect(created.map(({ kind }) => kind).sort()).toEqual(['same-url', 'written']);
      const hooks = await both((store) => createWebhook(store));
      const { url } = spec();
      const moved = await both((store, _, n) => {
        const webhook = hooks[n as 0 | 1];
        return store.webhooks.update(webhook.uid, { ...webhook, url }, ANNA);
      });
      expect(moved.map(({ kind }) => kind).sort()).toEqual(['same-url', 'written']);
    }
  });

  test('list and count what both write at the same time, as the rows themselves are', async () => {
    const hooks = await both((store) => createWebhook(store, { eventTypes: [DOOR, CALL] }));
    const versions = new Map(hooks.map(({ uid, versionId }) => [uid, versionId]));
    let done = false;
    const indexing = both(async (store) => {
      while (!done) await store.deliveries.indexLists(2);
    });

    await both(async (store, session, node) => {
      for (let round = 0; round < 15; round++) {
        const eventType = round % 2 ? DOOR : CALL;
        const events = Array.from({ length: 7 }, () => event({ eventType, source: `panel-${node}` }));
        const [{ offered }] = await Promise.all([
          accept(store, session, events),
          accept(store, session, [event({ eventType })]),
        ]);
        await Promise.all(
          offered.map((held, index) => {
            const version = versions.get(held.webhookUid) ?? 0;
            if (index % 4 === 0) return null;
            if (index % 4 === 1) return store.deliveries.record(retry(session, held, version, 5000));
            const next = index % 4 === 2 ? { next: FAILED } : {};
            return store.deliveries.record(outcome(session, held, version, next));
          }),
        );
      }
    });
    done = true;
    await indexing;
    await until(
      async () => {
        await nodes[0].deliveries.indexLists(50);
        return counter('deliveries in blocks');
      },
      (below) => below > 400,
    );

    const model = await readModel(nodes[1], 240);
    const filters: Partial<EventFilter>[] = [
      {},
      { statuses: ['delivered'] },
      { statuses: ['retrying', 'failed'], eventTypes: [DOOR] },
      { statuses: ['pending'], webhookUids: [hooks[0].uid] },
      { sources: ['panel-1'] },
      { sources: ['panel-0'], eventTypes: [CALL] },
    ];
    for (const change of filters) {
      const filter = { ...ANY, ...change };
      const listed = await nodes[0].listings.deliveries({ filter, asc: true, slice: ALL });
      const expected = byUid(deliveriesIn(model, filter), true);
      expect([change, listed.total]).toEqual([change, expected.length]);
      expect(listed.rows).toEqual(expected);
      const events = await nodes[1].listings.events({ filter, asc: true, slice: ALL });
      const ids = events.rows.map(({ eventId }) => eventId).sort((a, b) => a - b);
      expect([events.total, ids]).toEqual([
        ids.length,
        eventsIn(model, filter).map(({ eventId }) => eventId),
      ]);
      const walked: number[] = [];
      for (let after: number | null = null; ; ) {
        const page = await nodes[0].listings.events({ filter, asc: false, slice: { limit: 7, after } });
        walked.push(...page.rows.map(({ eventId }) => eventId));
        if (!page.more) break;
        after = walked.at(-1) ?? null;
      }
      expect(walked.sort((a, b) => a - b)).toEqual(ids);
    }
  });

  test('take no block in while one of them may still write in it', async () => {
    const { sql } = shared.database;
    const unfinished = await sql.reserve();
    await unfinished.unsafe(`BEGIN; ${UNFINISHED}`);
    await accept(
      nodes[0],
      sessions[0],
      Array.from({ length: 20 }, () => event()),
    );

    for (let n = 0; n < 3; n++) await both((store) => store.deliveries.indexLists(10));
    expect(await counter('events in blocks')).toBe(0);
    const events = () => nodes[1].listings.events({ filter: ANY, asc: true, slice: ALL });
    expect((await events()).total).toBe(20);

    await unfinished.unsafe('COMMIT');
    unfinished.release();
    await until(
      async () => {
        await nodes[1].deliveries.indexLists(10);
        return counter('events in blocks');
      },
      (below) => below > 0,
    );
    const { total, rows } = await events();
    expect([total, rows[0]?.source]).toEqual([21, 'late']);
  });

  test('clear what the other one showed', async () => {
    await accept(nodes[0], sessions[0], [event({ createdAt: 1000 }), event({ createdAt: 2000 })]);
    expect((await log(nodes[1])).total).toBe(2);
    await accept(nodes[1], sessions[1], [event({ createdAt: 1500 })]);

    await nodes[0].log.clear('user:1');

    expect(await log(nodes[1])).toMatchObject({ total: 1, rows: [{ createdAt: 1500 }] });
    expect((await log(nodes[0], 'user:2')).total).toBe(3);
  });

  test('show each event to an account that reads on one and clears on the other', async () => {
    let open = true;
    const accepted: number[] = [];
    const writing = both(async (store, session) => {
      for (let n = 0; n < 25; n++) {
        const { items } = await accept(store, session, [event(), event({ createdAt: n })]);
        accepted.push(...items.map(({ eventId }) => eventId));
        await store.log.file(50);
      }
    }).then(() => {
      open = false;
    });
    const shown: number[] = [];
    const poll = async () => {
      const { rows } = await log(nodes[0]);
      shown.push(...rows.map(({ eventId }) => eventId));
      await nodes[1].log.clear('user:1');
      return rows.length;
    };

    while (open) await poll();
    await writing;
    while ((await poll()) > 0);

    // Some twice, where a long transaction of another database was under way.
    expect([...new Set(shown)].sort((a, b) => a - b)).toEqual(accepted.sort((a, b) => a - b));
  });

  test('show what is there, and lose nothing, while a transaction stands still', async () => {
    const { sql } = shared.database;
    const unfinished = await sql.reserve();
    await unfinished.unsafe(`BEGIN; ${UNFINISHED}`);
    await accept(nodes[0], sessions[0], [event({ createdAt: 10 })]);

    expect((await log(nodes[0])).rows).toMatchObject([{ createdAt: 10 }]);
    await nodes[1].log.clear('user:1');
    await unfinished.unsafe('COMMIT');
    unfinished.release();

    // It may be shown again what it was shown; what it was not shown comes now.
    expect((await log(nodes[1])).rows.map(({ createdAt }) => createdAt)).toContain(5);
    await nodes[0].log.clear('user:1');
    expect((await log(nodes[1])).total).toBe(0);
  });
});
