import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { change, reportAll, subscribe } from '../support/deliveries.js';
import { aReceiver, aServer } from '../support/ephemeral.js';
import { readiness, untilOffered } from '../support/intake.js';

describe('a backlog at its limit', () => {
  it('stops intake with 503, not deliveries, and lets events in again when a tenth of it has ended', async () => {
    const clock = new ManualClock();
    const server = await aServer({ clock, env: { LATCHHOOK_MAX_BACKLOG: '20' } });
    const receiver = await aReceiver();
    const uid = await subscribe(server, receiver.url);
    await change(server, uid, receiver.url, { status: 'disabled' });
    await reportAll(
      server,
      Array.from({ length: 20 }, () => ({})),
    );

    const refused = await untilOffered(server, clock, 503);
    const meanwhile = await readiness(server);
    const { text } = await server.call('GET', '/metrics');
    await change(server, uid, receiver.url);
    await untilOffered(server, clock, 202);

    expect(refused.json).toEqual({ error: 'No room for more events' });
    expect(refused.headers['retry-after']).toBe('10');
    expect(meanwhile).toEqual({ status: 'ready', pressure: 'backlog' });
    expect(text).toContain('latchhook_pressure{reason="backlog"} 1');
    expect(receiver.requests.length).toBeGreaterThanOrEqual(3);
    expect(await readiness(server)).toEqual({ status: 'ready', pressure: null });
  });
});
