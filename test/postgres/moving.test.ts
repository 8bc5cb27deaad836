import { afterEach, expect, test } from 'vitest';
import { Client } from '../faults/client.js';
import { endProcesses } from '../support/process.js';
import { MovedSite } from './moved-site.js';

let site: MovedSite | null = null;

afterEach(async () => {
  await endProcesses();
  await site?.close();
  site = null;
});

const unique = (uids: readonly number[]) => [...new Set(uids)].sort((a, b) => a - b);

test('a store that was moved to PostgreSQL is the same to whoever looks, sends once what it owed, and can be moved back', async () => {
  site = await MovedSite.open();
  const source = await site.fill();
  const before = await site.views(site.client);
  await site.kill(source);

  const move = site.move();
  const { code } = await move.exited;

  expect([code, move.stderr.at(-1)]).toEqual([0, expect.stringMatching(/^for the lists .* 100 %/)]);
  expect(move.stderr).toContainEqual(
    expect.stringMatching(/^delivery +[\d,]+ of [\d,]+ {2}100 % {2}[\d,]+ rows\/s$/),
  );
  expect(move.stdout).toContainEqual(expect.stringMatching(/^user +3 +3$/));
  const target = site.serve(site.database.url, 'target');
  const client = new Client(await target.listening, site.client.authorization);
  expect(await site.views(client)).toEqual(before);

  // Each delivery that was owed arrives once, however often the source had begun to send it.
  const { slow, disabled } = site.webhooks;
  const owed = await site.uids(client, slow, 'pending');
  site.releaseSlow();
  // With those that the resend, which waited for room, goes on to make.
  await site.receivers.slow.next(site.sent('slow', 'source').length + owed.length + 8);
  await site.ended(client, slow);
  const arrived = site.sent('slow', 'target');
  expect(arrived.every(({ attempt }) => attempt === 1)).toBe(true);
  const all = arrived.map(({ uid }) => uid);
  expect(all).toHaveLength(unique(all).length);
  expect(unique(all)).toEqual(expect.arrayContaining(owed));

  // What a disabled webhook held is released, in its order.
  const held = await site.uids(client, disabled, 'held');
  expect(held).toHaveLength(4);
  const { body: webhook } = await client.call<object>('GET', `/api/v1/webhooks/${disabled}`);
  await client.call('PUT', `/api/v1/webhooks/${disabled}`, { ...webhook, status: 'active' });
  await site.receivers.disabled.next(4);
  expect(site.sent('disabled', 'target')).toEqual(held.map((uid) => ({ uid, attempt: 1 })));

  // Credentials, locks and keys are what they were; numbers lie far ahead.
  expect(await site.logIn(client.url, 'poller')).toBe(200);
  expect(await site.logIn(client.url, 'locked')).toBe(429);
  const again = await site.postAsMachine(client.url);
  expect(again.body.items).toEqual([{ event_id: 623, duplicate: true }]);
  const fresh = await client.post([{ event_type: 'log.tamper_event' }]);
  expect(fresh.body.items[0]?.event_id).toBeGreaterThan(1_000_000);

  // And from PostgreSQL back into a file.
  const views = await site.views(client);
  target.kill('SIGTERM');
  await target.exited;
  const file = `sqlite:${site.folder.path}/again.db`;
  expect(await site.run('migrate-store', '--from', site.database.url, '--to', file).exited).toMatchObject({
    code: 0,
  });
  const back = site.serve(file, 'target');
  expect(await site.views(new Client(await back.listening, client.authorization))).toEqual(views);
});
