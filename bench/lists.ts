/** Pages of the lists over a store that has run for a month. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../src/clock.js';
import { openKeyring } from '../src/store/keyring.js';
import { openStore } from '../src/store/open.js';
import type { DeliveryFilter, Slice, Store } from '../src/store/store.js';
import { median, round } from './figures.js';
import {
  COMMON_SOURCE,
  COMMON_TYPE,
  FIRST_AT,
  fillStore,
  HELD_WEBHOOK,
  LAST_AT,
  RARE_SOURCE,
  RARE_TYPE,
  RARE_WEBHOOK,
} from './many-deliveries.js';
import { fillPostgres } from './many-deliveries-postgres.js';

export interface ListTimes {
  list: string;
  total: number;
  /** ms */
  first: number;
  middle: number;
  last: number;
  /** ms; the first page of a walk by cursor. */
  walk: number;
}

export interface ListsResult {
  deliveries: number;
  fillMs: number;
  /** ms; taking all rows into what the lists are found by, and the longest turn of it. */
  indexMs: number;
  longestIndexTurnMs: number;
  lists: ListTimes[];
}

const LIMIT = 50;
const ROUNDS = 5;
const ANY: DeliveryFilter = {
  webhookUids: null,
  eventTypes: null,
  statuses: null,
  sources: null,
  eventIds: null,
  from: null,
  to: null,
};
const MIDDLE_AT = (FIRST_AT + LAST_AT) / 2;
const DAY_MS = 24 * 3_600_000;

type Ask = (store: Store, slice: Slice<never>) => Promise<{ total: number | null }>;

function deliveries(change: Partial<DeliveryFilter>): Ask {
  return (store, slice) => store.listings.deliveries({ filter: { ...ANY, ...change }, asc: false, slice });
}

function events(change: Partial<DeliveryFilter & { unmatched: boolean }>): Ask {
  const filter = { ...ANY, unmatched: false, ...change };
  return (store, slice) => store.listings.events({ filter, asc: false, slice });
}

const LISTS: Record<string, Ask> = {
  deliveries: deliveries({}),
  'status delivered': deliveries({ statuses: ['delivered'] }),
  'status failed': deliveries({ statuses: ['failed'] }),
  'status pending': deliveries({ statuses: ['pending'] }),
  'status held': deliveries({ statuses: ['held'] }),
  'a common event type': deliveries({ eventTypes: [COMMON_TYPE] }),
  'a rare event type': deliveries({ eventTypes: [RARE_TYPE] }),
  'a webhook': deliveries({ webhookUids: [3] }),
  'a rare webhook': deliveries({ webhookUids: [RARE_WEBHOOK] }),
  'a held webhook': deliveries({ webhookUids: [HELD_WEBHOOK] }),
  'from, to: one day': deliveries({ from: MIDDLE_AT, to: MIDDLE_AT + DAY_MS }),
  'from, to: a minute': deliveries({ from: MIDDLE_AT, to: MIDDLE_AT + 60_000 }),
  'from, to, failed': deliveries({ from: FIRST_AT + 7, to: LAST_AT - 7, statuses: ['failed'] }),
  'webhook, type, failed': deliveries({
    webhookUids: [3],
    eventTypes: [COMMON_TYPE],
    statuses: ['failed'],
  }),
  'a rare source': deliveries({ sources: [RARE_SOURCE] }),
  'a common source': deliveries({ sources: [COMMON_SOURCE] }),
  'a common source, delivered': deliveries({ sources: [COMMON_SOURCE], statuses: ['delivered'] }),
  'one event': deliveries({ eventIds: [123_456] }),
  'retry queue': deliveries({ statuses: ['retrying'] }),
  'retry queue by next attempt': (store, slice) =>
    store.listings.retriesByDue({ filter: { ...ANY, statuses: ['retrying'] }, asc: true, slice }),
  events: events({}),
  'events unmatched': events({ unmatched: true }),
  'events of a common source': events({ sources: [COMMON_SOURCE] }),
  'events of a rare source and type': events({ sources: [RARE_SOURCE], eventTypes: [COMMON_TYPE] }),
  'events that failed': events({ statuses: ['failed'] }),
  'events of a webhook': events({ webhookUids: [3] }),
};

/** @param options `url`: an empty PostgreSQL database; null: a SQLite file */
export async function benchLists(options: { deliveries: number; url: string | null }): Promise<ListsResult> {
  const directory = await mkdtemp(join(tmpdir(), 'latchhook-lists-'));
  const file = join(directory, 'latchhook.db');
  const keyring = openKeyring({ file: join(directory, 'secret.key') });
  const { url } = options;
  const store = await openStore({ url: url ?? `sqlite:${file}`, keyring, clock: systemClock });
  const fill = () =>
    url === null ? fillStore(store, file, options.deliveries) : fillPostgres(store, url, options.deliveries);
  try {
    const [fillMs, count] = await timed(fill);
    let longest = 0;
    const [indexMs] = await timed(async () => {
      for (let more = true; more; ) {
        const [ms, step] = await timed(() => store.deliveries.indexLists(1));
        longest = Math.max(longest, ms);
        more = step.more;
      }
    });
    const lists: ListTimes[] = [];
    for (const [list, ask] of Object.entries(LISTS)) lists.push(await measure(store, list, ask));
    return {
      deliveries: count,
      fillMs: round(fillMs, 0),
      indexMs: round(indexMs, 0),
      longestIndexTurnMs: round(longest, 1),
      lists,
    };
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measure(store: Store, list: string, ask: Ask): Promise<ListTimes> {
  const total = (await ask(store, { limit: LIMIT, offset: 0 })).total ?? 0;
  const pages = Math.max(1, Math.ceil(total / LIMIT));
  const page = async (slice: Slice<never>) => {
    const times: number[] = [];
    for (let n = 0; n < ROUNDS; n++) times.push((await timed(() => ask(store, slice)))[0]);
    return round(median(times), 1);
  };
  return {
    list,
    total,
    first: await page({ limit: LIMIT, offset: 0 }),
    middle: await page({ limit: LIMIT, offset: Math.floor(pages / 2) * LIMIT }),
    last: await page({ limit: LIMIT, offset: (pages - 1) * LIMIT }),
    walk: await page({ limit: LIMIT, after: null }),
  };
}

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const begin = systemClock.monotonic();
  const result = await work();
  return [systemClock.monotonic() - begin, result];
}
