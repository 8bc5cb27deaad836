import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { change, deliveryOf, ended, report, reportAll, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import { type Exposition, parseExposition } from '../support/exposition.js';
import { refusingUrl } from '../support/receiver.js';
import type { TestServer } from '../support/server.js';
import { until } from '../support/until.js';

async function metricsOf(server: TestServer): Promise<Exposition> {
  const { status, text } = await server.call('GET', '/metrics');
  expect(status).toBe(200);
  return parseExposition(text);
}

/** Sums are remembered for a second. */
async function once(server: TestServer, clock: ManualClock, satisfies: (metrics: Exposition) => boolean) {
  return until(
    async () => {
      clock.advance(1_000);
      return metricsOf(server);
    },
    satisfies,
    500,
  );
}

describe('the metrics', () => {
  it('count what was accepted, attempted and delivered, and what is owed', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url);
    await reportAll(server, [{}, {}, {}]);
    await once(server, clock, ({ value }) => value('latchhook_deliveries', { state: 'delivered' }) === 3);
    await change(server, uid, receiver.url, { status: 'disabled' });

    await reportAll(server, [{}, {}]);
    clock.advance(60_000);
    const metrics = await once(server, clock, ({ value }) => value('latchhook_backlog_deliveries') === 2);

    expect(metrics.value('latchhook_events_accepted_total')).toBe(5);
    expect(metrics.value('latchhook_attempts_total', { outcome: 'success', kind: 'delivery' })).toBe(3);
    expect(metrics.value('latchhook_attempt_duration_seconds_count', { result: 'success' })).toBe(3);
    expect(metrics.value('latchhook_attempt_duration_seconds_count', { result: 'failure' })).toBe(0);
    expect(metrics.value('latchhook_delivery_latency_seconds_count')).toBe(3);
    expect(metrics.value('latchhook_deliveries', { state: 'pending' })).toBe(2);
    expect(metrics.value('latchhook_deliveries', { state: 'failed' })).toBe(0);
    // What a disabled webhook holds is no alarm.
    expect(metrics.value('latchhook_backlog_oldest_age_seconds')).toBe(0);
    expect(metrics.value('latchhook_lanes', { health: 'disabled' })).toBe(1);
    expect(metrics.value('latchhook_lanes', { health: 'healthy' })).toBe(0);
    expect(
      metrics.value('latchhook_webhook_attempts_total', { webhook_uid: String(uid), result: 'success' }),
    ).toBe(3);
    expect(metrics.value('latchhook_pressure', { reason: 'disk' })).toBe(0);
    const { disk } = (await server.admin('GET', '/api/v1/system')).json as { disk: object | null };
    // A database that is elsewhere has its own watch over its disk.
    if (disk !== null) expect(metrics.value('latchhook_disk_free_bytes')).toBeGreaterThan(0);
    expect(metrics.value('latchhook_commit_group_members_count')).toBeGreaterThan(3);
    expect(metrics.value('latchhook_commit_group_members_sum')).toBeGreaterThanOrEqual(
      metrics.value('latchhook_commit_group_members_count') ?? Number.NaN,
    );
    expect(metrics.value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  });

  it('count failures by their kind, and changes of health', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock });
    await subscribe(server, await refusingUrl());
    await reportAll(server, [{}, {}, {}]);

    const metrics = await once(
      server,
      clock,
      ({ value }) => value('latchhook_lanes', { health: 'open' }) === 1,
    );

    expect(metrics.value('latchhook_attempts_total', { outcome: 'refused', kind: 'delivery' })).toBe(3);
    expect(metrics.value('latchhook_health_changes_total', { health: 'open' })).toBe(1);
    clock.advance(60_000);
    await once(server, clock, ({ value }) => (value('latchhook_backlog_oldest_age_seconds') ?? 0) >= 60);
    expect(
      metrics.value('latchhook_attempt_duration_seconds_count', { result: 'failure' }),
    ).toBeGreaterThanOrEqual(3);
  });

  it('have labels for so many webhooks and no more', async () => {
    const server = await aServer({ env: { LATCHHOOK_METRICS_WEBHOOKS: '2' } });
    const receiver = await aReceiver();
    for (const path of ['a', 'b', 'c', 'd']) await subscribe(server, `${receiver.url}/${path}`);
    const event = await report(server);
    await deliveryOf(server, event, ended);

    const metrics = await until(
      () => metricsOf(server),
      ({ sum }) => sum('latchhook_webhook_attempts_total') === 4,
    );

    const labels = metrics.labels('latchhook_webhook_attempts_total').map(({ webhook_uid }) => webhook_uid);
    expect(new Set(labels).size).toBe(3);
    expect(
      metrics.value('latchhook_webhook_attempts_total', { webhook_uid: 'other', result: 'success' }),
    ).toBe(2);
  });

  it('are all documented, with their kinds, and nothing else is', async () => {
    const server = await aServer();

    const { kinds } = await metricsOf(server);

    const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `(\w+)` \| (\w+) \|/gm)].map(([, name, kind]) => [name, kind]);
    expect(documented.sort()).toEqual([...kinds].sort());
  });

  it('are named as Prometheus wants them', async () => {
    const server = await aServer();

    const { kinds } = await metricsOf(server);

    for (const [name, kind] of kinds) {
      expect(name).toMatch(/^(latchhook|process)_[a-z_]+$/);
      expect([name, name.endsWith('_total')]).toEqual([name, kind === 'counter']);
    }
  });
});

describe('the token of the metrics', () => {
  it('is asked for when it is set, and given as a Bearer token', async () => {
    const server = await aServer({ env: { LATCHHOOK_METRICS_TOKEN: 'scrape-me' } });
    const status = async (headers: Record<string, string>) =>
      (await server.call('GET', '/metrics', { headers })).status;

    expect(await status({})).toBe(401);
    expect(await status({ authorization: 'Bearer scrape-m' })).toBe(401);
    expect(await status({ authorization: 'Basic c2NyYXBlLW1l' })).toBe(401);
    expect(await status({ authorization: 'Bearer scrape-me' })).toBe(200);
    expect((await server.admin('GET', '/metrics')).status).toBe(401);
  });
});
