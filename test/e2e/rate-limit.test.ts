import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { change, eventOf, reportAll, subscribe } from '../support/deliveries.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { until } from '../support/until.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function aSite(): Promise<{ clock: ManualClock; server: TestServer }> {
  const clock = new ManualClock();
  const server = await startTestServer({ clock });
  closers.push(() => server.stop());
  clock.advance(1_000); // what an earlier process may have sent in its last second
  return { clock, server };
}

async function aReceiver(): Promise<Receiver> {
  const receiver = await startReceiver();
  closers.push(() => receiver.close());
  return receiver;
}

const events = (count: number, members = {}) => Array.from({ length: count }, () => members);

/** Its delivery to the first webhook was attempted, and the outcome is stored. */
const attemptedOnce = (server: TestServer, eventId: number) =>
  until(
    () => eventOf(server, eventId),
    ({ deliveries }) => deliveries[0]?.attempts === 1,
  );

describe('a rate limit', () => {
  it('lets its number through at once, and the next only when a second has passed; others are not held up', async () => {
    const { clock, server } = await aSite();
    const limited = await aReceiver();
    const free = await aReceiver();
    await subscribe(server, limited.url, { rate_limit: 10 });
    await subscribe(server, free.url);
    await reportAll(server, events(35));
    await free.next(35);

    const counts: number[] = [];
    for (const ms of [0, 999, 1, 999, 1, 999, 1]) {
      clock.advance(ms);
      await reportAll(server, events(1)); // a witness that the pipeline is alive
      await free.next(35 + counts.length + 1);
      await limited.next(Math.min(10 * (1 + Math.floor(counts.length / 2)), 40));
      counts.push(limited.requests.length);
    }

    expect(counts).toEqual([10, 10, 20, 20, 30, 30, 40]);
    clock.advance(1_000);
    await limited.next(42);
  });

  it('holds for a retry too, and follows a change', async () => {
    const { clock, server } = await aSite();
    const receiver = await aReceiver();
    const witness = await aReceiver();
    receiver.answerWith(500);
    const uid = await subscribe(server, receiver.url, { rate_limit: 1 });
    await subscribe(server, witness.url);
    const ids = await reportAll(server, events(2));
    await witness.next(2);
    await receiver.next(1);
    expect(receiver.requests).toHaveLength(1);

    await change(server, uid, receiver.url, { rate_limit: null });
    for (const id of ids) await attemptedOnce(server, id);
    receiver.answerWith(200);
    clock.advance(10_000);
    await receiver.next(4);
    expect(receiver.requests).toHaveLength(4);
  });

  it('holds over a restart: nothing goes out within a second of what may have been sent before', async () => {
    const clock = new ManualClock();
    const dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
    closers.push(async () => rmSync(dataDir, { recursive: true, force: true }));
    const env = { LATCHHOOK_DATA_DIR: dataDir };
    const [limited, witness] = [await aReceiver(), await aReceiver()];
    const first = await startTestServer({ clock, env });
    clock.advance(1_000);
    await subscribe(first, limited.url, { rate_limit: 3 });
    await subscribe(first, witness.url);
    await reportAll(first, events(9));
    await limited.next(3);
    await witness.next(9);
    await first.stop();

    const second = await startTestServer({ clock, env });
    closers.push(() => second.stop());
    const counts: number[] = [];
    for (const ms of [0, 999, 1]) {
      clock.advance(ms);
      await reportAll(second, events(1)); // a witness that the pipeline is alive
      await witness.next(10 + counts.length);
      if (counts.length === 2) await limited.next(6);
      counts.push(limited.requests.length);
    }

    expect(counts).toEqual([3, 3, 6]);
  });
});
