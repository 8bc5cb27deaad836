/**
 * A program for tests: serves the data directory of its argument until it is killed. Accepts events, records
 * every second delivery, and prints what was promised: `event <id>` and `delivered <uid> <event id>`.
 */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { openKeyring } from '../keyring.js';
import { openStore } from '../open.js';
import type { HeldDelivery } from '../store.js';

const EVENT = {
  eventType: 'log.door_was_opened',
  source: 'panel',
  data: '{"lock":1}',
  createdAt: null,
  idempotency: null,
};
const directory = process.argv[2] ?? '';
/** At once: what is printed must not wait in this process. */
function print(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full, and whoever reads it is busy: it takes the line a moment later.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const store = await openStore({
  url: `sqlite:${join(directory, 'latchhook.db')}`,
  keyring: openKeyring({ file: join(directory, 'secret-key') }),
  clock: systemClock,
});
const { changed } = await store.webhooks.changesSince(0);
const versions = new Map(changed.map(({ uid, versionId }) => [uid, versionId]));
const session = await store.deliveries.openSession({ perLane: 100_000, bytes: 2 ** 30 });
print('serving');

async function accept(count: number): Promise<void> {
  const result = await store.deliveries.accept({
    session,
    credential: 'user:1',
    events: Array.from({ length: count }, () => EVENT),
  });
  if (result.kind !== 'accepted') throw new Error(result.kind);
  for (const { eventId } of result.items) print(`event ${eventId}`);
  const due = result.offered.filter(({ uid }) => uid % 2 === 0);
  await Promise.all(due.map(deliver));
}

async function deliver(held: HeldDelivery): Promise<void> {
  const { uid, webhookUid, claimNo, event } = held;
  const result = await store.deliveries.record({
    session,
    deliveryUid: uid,
    claimNo,
    attempt: {
      number: 1,
      versionId: versions.get(webhookUid) ?? 0,
      formId: null,
      startedAt: systemClock.now(),
      durationMs: 1,
      responseStatus: 200,
      error: null,
      note: null,
      responseHeaders: null,
      responseBody: null,
      resend: false,
      resent: false,
    },
    next: { state: 'delivered', reason: 'success' },
    disable: null,
    probe: false,
    lane: null,
  });
  if (result.kind === 'recorded') print(`delivered ${uid} ${event.eventId}`);
}

for (let round = 0; ; round++) await Promise.all([accept(1), accept(1 + (round % 7)), accept(2)]);
