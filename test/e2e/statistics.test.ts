import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import { ManualClock } from '../support/clock.js';
import { deliveryOf, ended, report, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TAMPER = 'log.tamper_event';
const CALL = 'log.incoming_call';
const NOTHING = { pending: 0, retrying: 0, delivered: 0, failed: 0, cancelled: 0, expired: 0 };

interface Counted {
  counts: Record<string, number>;
  latency: { p50: number; p95: number; p99: number } | null;
}
interface Statistics {
  from: number;
  to: number;
  step: number;
  series: (Counted & {
    webhook_uid?: number;
    event_type?: string;
    points: (Counted & { start: number })[];
  })[];
}

let clock: ManualClock;
let server: TestServer;
let receiver: Receiver;
let begun: number;
let webhooks: number[];

beforeAll(async () => {
  clock = new ManualClock();
  server = await startTestServer({ clock });
  receiver = await startReceiver();
  begun = clock.now();
  webhooks = [
    await subscribe(server, `${receiver.url}/both`, { event_types: [TAMPER, CALL] }),
    await subscribe(server, `${receiver.url}/tampers`, { event_types: [TAMPER], status: 'disabled' }),
  ];
  receiver.answerWith(() => {
    clock.advance(100);
    return 200;
  });
  await deliveryOf(server, await report(server, { event_type: CALL }), ended);
  clock.advance(10 * MINUTE);
  await deliveryOf(server, await report(server, { event_type: TAMPER }), ended);
  await deliveryOf(server, await report(server, { event_type: CALL }), ended);
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});

const ask = (query: string) => server.admin('GET', `/api/v1/statistics?${query}`);
const statistics = async (query = ''): Promise<Statistics> => (await ask(query)).json as Statistics;

describe('the statistics', () => {
  it('are one series over the last day, in steps for people', async () => {
    const { from, to, step, series } = await statistics();
    expect([to - from, step]).toEqual([DAY + MINUTE, 15 * MINUTE]);
    expect(series).toHaveLength(1);
    expect(series[0]).not.toHaveProperty('webhook_uid');
    expect(series[0]).toMatchObject({ counts: { ...NOTHING, delivered: 3, pending: 1 } });
    expect(series[0]?.points.map(({ start }) => start)).toEqual([begun]);
  });

  it('say how long deliveries took, to a tenth', async () => {
    const [series] = (await statistics()).series;
    for (const value of Object.values(series?.latency ?? {})) expect(Math.abs(value - 100)).toBeLessThan(11);
    expect(Object.keys(series?.latency ?? {})).toEqual(['p50', 'p95', 'p99']);
  });

  it('go by webhook, each with its points', async () => {
    const { series, step } = await statistics(
      `from=${begun}&to=${begun + HOUR}&step=${5 * MINUTE}&by=webhook`,
    );
    expect(step).toBe(5 * MINUTE);
    expect(series).toMatchObject([
      {
        webhook_uid: webhooks[0],
        counts: { ...NOTHING, delivered: 3 },
        points: [
          { start: begun, counts: { delivered: 1 } },
          { start: begun + 10 * MINUTE, counts: { delivered: 2 } },
        ],
      },
      { webhook_uid: webhooks[1], counts: { ...NOTHING, pending: 1 }, latency: null },
    ]);
  });

  it('go by event type', async () => {
    const { series } = await statistics('by=event_type');
    const counts = series.map(({ event_type, counts }) => [
      event_type,
      counts['delivered'],
      counts['pending'],
    ]);
    expect(counts.sort()).toEqual([
      [CALL, 2, 0],
      [TAMPER, 1, 1],
    ]);
  });

  it('have a series of nothing where nothing was accepted, and none of no webhook', async () => {
    const before = `to=${begun - MINUTE}`;
    const [series] = (await statistics(before)).series;
    expect(series).toEqual({ counts: NOTHING, latency: null, points: [] });
    expect((await statistics(`${before}&by=webhook`)).series).toEqual([]);
  });

  it('are in whole hours past 48 hours', async () => {
    const { from, step } = await statistics(`from=${begun - 3 * DAY + 1}&to=${begun}&step=${30 * MINUTE}`);
    expect([from, step]).toEqual([begun - 3 * DAY, HOUR]);
  });

  it('can show a day by minutes', async () => {
    const { step, series } = await statistics(`step=${MINUTE}`);
    expect([step, series[0]?.points.length]).toEqual([MINUTE, 2]);
  });

  it('choose steps so that any time can be asked for', async () => {
    for (const query of ['from=0', 'to=1', `from=${begun - 200 * DAY}`, 'from=0&to=8640000000000000']) {
      const { status, json } = await ask(query);
      expect(status).toBe(200);
      const { from, to, step } = json as Statistics;
      expect((to - from) / step).toBeLessThanOrEqual(201);
    }
  });

  it.each([
    ['from=x', 'Wrong time format'],
    ['from=2000000000000&to=1999999999999', "Wrong time range: 'to' must be greater then 'from'"],
    ['step=0', 'Wrong step'],
    ['step=90000', 'Wrong step'],
    ['step=-60000', 'Wrong step'],
    ['step=1h', 'Wrong step'],
    ['step=60000&step=60000', 'Wrong step'],
    ['by=source', 'Wrong grouping'],
    ['by=constructor', 'Wrong grouping'],
    ['by=webhook&by=event_type', 'Wrong grouping'],
    ['from=0&step=3600000', 'Too many points'],
    ['from=0&step=86400000', 'Too many points'],
  ])('refuse %s', async (query, error) => {
    const answer = await ask(query);
    expect([answer.status, answer.json]).toEqual([400, { error }]);
  });
});

describe('the system', () => {
  it('says what runs, since when, where and with how much room', async () => {
    const before = (await server.admin('GET', '/api/v1/system')).json as { uptime_ms: number };
    clock.advance(5_000);
    const answer = await server.admin('GET', '/api/v1/system');
    const json = answer.json as {
      store: { size_bytes: number; standby: string | null };
      disk: { free_bytes: number; total_bytes: number } | null;
    };
    expect(answer.status).toBe(200);
    expect(json).toEqual({
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptime_ms: before.uptime_ms + 5_000,
      store: {
        kind: expect.stringMatching(/^(sqlite|postgres)$/),
        schema: expect.any(Number),
        size_bytes: expect.any(Number),
        standby: json.store.standby,
      },
      disk: json.disk,
      clock: { off: false, ahead_ms: null, receivers: 1 },
      nodes: [{ node: 1, started_at: begun, seen_at: expect.any(Number) }],
    });
    expect(json.store.size_bytes).toBeGreaterThan(4096);
    expect([null, 'none', 'asynchronous', 'missing', 'synchronous']).toContain(json.store.standby);
    // A database elsewhere does not tell.
    const { free_bytes: free, total_bytes: total } = json.disk ?? { free_bytes: 0, total_bytes: 1 };
    expect(total).toBeGreaterThan(free);
  });
});

describe('the event types', () => {
  const types = async (query = '') =>
    (await server.admin('GET', `/api/v1/event-types${query}`)).json as {
      event_type: string;
      category: string;
      text: string;
    }[];

  it('are the 41 of the panels, with their category and what they are called', async () => {
    const all = await types();
    expect(all.map(({ event_type }) => event_type)).toEqual(EVENT_TYPES);
    expect(all.find(({ event_type }) => event_type === TAMPER)).toEqual({
      event_type: TAMPER,
      category: 'emergency',
      text: expect.stringMatching(/^[A-Z][a-z ]+$/),
    });
  });

  it('speak the language that is asked for, and English else', async () => {
    const english = await types();
    expect(await types('?locale=xx')).toEqual(english);
    const ukrainian = await types('?locale=uk');
    expect(ukrainian.every(({ text }) => /[а-яіїєґ]/i.test(text))).toBe(true);
  });
});
