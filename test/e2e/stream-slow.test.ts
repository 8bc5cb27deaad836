import { expect, test } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { EVENT_TYPE } from '../support/deliveries.js';
import { aServer } from '../support/ephemeral.js';
import { has, streamOf } from '../support/followed-stream.js';
import { until } from '../support/until.js';

const SECOND = 1_000;

test('streams drop what a client is too slow for and tell it so, cut one that reads nothing, and hold up nobody', async () => {
  const clock = new ManualClock();
  const server = await aServer({ clock, httpLimits: { streams: 3 } });
  const { json } = await server.admin('POST', '/api/v1/keys', { name: 'gate', scopes: ['admin'] });
  const authorization = `Bearer ${(json as { key: string }).key}`;
  const [slow, dead, quick] = [
    await streamOf(server, { authorization }),
    await streamOf(server, { authorization }),
    await streamOf(server, { authorization }),
  ];
  slow.pause();
  dead.pause();
  // Events whose sources are long, as many in a request as are named: few messages fill what is between.
  const source = '\u{1d11e}'.repeat(64);
  const body = Array.from({ length: 20 }, () => ({ event_type: EVENT_TYPE, source }));

  for (let told = 40; told <= 1_600; told += 40) {
    for (let n = 0; n < 40; n++)
      await server.call('POST', '/api/v1/events', { headers: { authorization }, body });
    await quick.once((messages) => messages.length > told);
    clock.advance(SECOND);
  }
  slow.resume();
  const messages = await slow.once(has('dropped'));

  const dropped = Number(slow.of('dropped')[0]?.['count']);
  expect(dropped).toBeGreaterThan(100);
  // One of them says how many are not there.
  expect(messages.length - 1 + dropped).toBe(quick.messages().length);
  expect(quick.of('dropped')).toEqual([]);
  await until(
    async () => {
      clock.advance(5 * SECOND);
      return server.call('GET', '/api/v1/stream', { headers: { authorization } });
    },
    ({ status }) => status === 200,
  );
}, 60_000);
