import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COMMON_SOURCE,
  COMMON_TYPE,
  FIRST_AT,
  fillStore,
  LAST_AT,
  RARE_WEBHOOK,
} from '../../../bench/many-deliveries.js';
import { atOnce } from '../asking.js';
import { DeliveryList } from '../listing/deliveries.js';
import type { Bound } from '../listing/dialect.js';
import { EventList } from '../listing/events.js';
import type { EventFilter, Slice, Store } from '../store.js';
import { type Connection, openWriter } from './connection.js';
import { LIST_LEVELS } from './listing-blocks.js';
import { Statements } from './listing-statements.js';
import { type DataDirectory, dataDirectory } from './sqlite.conformance.js';

const DELIVERIES = 1_000_000;
const MINUTE = 60_000;

const FILTERS: Record<string, Partial<EventFilter>> = {
  nothing: {},
  'a status': { statuses: ['failed'] },
  'what is held': { statuses: ['held', 'retrying'] },
  'a webhook': { webhookUids: [RARE_WEBHOOK] },
  'an event type': { eventTypes: [COMMON_TYPE] },
  'a source': { sources: [COMMON_SOURCE] },
  'an event': { eventIds: [400_000] },
  'a time': { from: (FIRST_AT + LAST_AT) / 2, to: null },
  'everything together': {
    webhookUids: [1, 2],
    eventTypes: [COMMON_TYPE],
    statuses: ['delivered', 'failed'],
    sources: [COMMON_SOURCE],
    eventIds: [1, 2, 3],
    from: FIRST_AT + MINUTE,
    to: LAST_AT - MINUTE,
  },
};

describe('a store with a million deliveries', () => {
  let data: DataDirectory;
  let store: Store;
  let database: Connection;

  beforeAll(async () => {
    data = dataDirectory();
    store = await data.open();
    expect(await fillStore(store, data.file, DELIVERIES)).toBeGreaterThanOrEqual(DELIVERIES);
    while ((await store.deliveries.indexLists(50)).more);
    database = openWriter(data.file, { busyTimeoutMs: 1000 });
  }, 120_000);
  afterAll(async () => {
    database.close();
    await store.close();
    data.remove();
  });

  const filter = (change: Partial<EventFilter>): EventFilter => ({
    webhookUids: null,
    eventTypes: null,
    statuses: null,
    sources: null,
    eventIds: null,
    from: null,
    to: null,
    unmatched: false,
    ...change,
  });

  test.each(Object.entries(FILTERS))(
    'lists by %s from an index, in its order, without sorting',
    (_, change) => {
      const asked = statementsOf(filter(change));

      expect(asked.length).toBeGreaterThan(3);
      for (const analysed of [false, true]) {
        if (analysed) database.exec('ANALYZE');
        for (const sql of asked) {
          const plan = database
            .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/@\w+/g, '1')}`)
            .all()
            .map(({ detail }) => detail);
          for (const detail of plan)
            expect([sql, detail]).not.toEqual([sql, expect.stringMatching(UNWANTED)]);
        }
      }
    },
  );

  test('counts and pages as the rows themselves do', async () => {
    const asked = { ...filter({}), webhookUids: [RARE_WEBHOOK], from: FIRST_AT + MINUTE };
    const rows = database
      .prepare<[number, number], number>(
        'SELECT uid FROM delivery WHERE webhook_uid = ? AND accepted_at >= ? ORDER BY uid DESC',
      )
      .pluck()
      .all(RARE_WEBHOOK, FIRST_AT + MINUTE);

    for (const offset of [0, 30, 60, 90]) {
      const slice = { limit: 30, offset };
      const listed = await store.listings.deliveries({ filter: asked, asc: false, slice });
      expect(listed.total).toBe(rows.length);
      expect(listed.rows.map(({ uid }) => uid)).toEqual(rows.slice(offset, offset + 30));
    }
  });

  test('reads the rows of a few blocks for a page, however deep it lies', () => {
    const reads = { blocks: 0, rows: 0 };
    const statements = new (class extends Statements {
      override all<Row>(sql: string, bound: Bound): Row[] {
        if (sql.includes('BETWEEN @lo')) reads.rows += 1;
        else if (sql.includes('@level')) reads.blocks += 1;
        return super.all(sql, bound);
      }
    })(database, LIST_LEVELS);
    const list = new DeliveryList(statements);
    const half = DELIVERIES / 2 - 1000;

    atOnce(
      list.byUid({
        filter: filter({ statuses: ['delivered'] }),
        asc: false,
        slice: { limit: 50, offset: half },
      }),
    );

    expect(reads.rows).toBeLessThanOrEqual(3);
    expect(reads.blocks).toBeLessThanOrEqual(12);
  });

  /** The texts of all that the lists ask for this filter: pages from both ends, and walks both ways. */
  function statementsOf(asked: EventFilter): string[] {
    const statements = new Statements(database, LIST_LEVELS);
    const deliveries = new DeliveryList(statements);
    const events = new EventList(statements, deliveries);
    for (const asc of [true, false]) {
      const slices: Slice<never>[] = [
        { limit: 10, offset: 0 },
        { limit: 10, after: null },
      ];
      for (const slice of slices) {
        atOnce(deliveries.byUid({ filter: asked, asc, slice }));
        atOnce(deliveries.byDue({ filter: asked, asc, slice }));
        atOnce(events.list({ filter: asked, asc, slice }));
      }
      const after = { uid: DELIVERIES / 2, dueAt: LAST_AT };
      atOnce(deliveries.byUid({ filter: asked, asc, slice: { limit: 10, after } }));
      atOnce(deliveries.byDue({ filter: asked, asc, slice: { limit: 10, after } }));
      atOnce(events.list({ filter: asked, asc, slice: { limit: 10, after: DELIVERIES / 4 } }));
      atOnce(
        events.list({
          filter: { ...asked, webhookUids: null, statuses: null, unmatched: true },
          asc,
          slice: { limit: 10, offset: 0 },
        }),
      );
    }
    return statements.texts();
  }
});

/**
 * A sort, or a table read from end to end; of an index in its order, the list's own of retries alone. Of webhooks
 * (`w`) there are few.
 */
const UNWANTED = /TEMP B-TREE|^SCAN (?!json_each|w$|d USING (COVERING )?INDEX delivery_retrying)/;
