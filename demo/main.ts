/**
 * `npm run demo`: the server, a simulated building and a receiver in one process, on loopback, with its data
 * in a temporary folder. `--events N` ends after N events are delivered, `--pause MS` sets the mean pause
 * between two reports.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { systemClock } from '../src/clock.js';
import { readConfig } from '../src/config.js';
import { EVENT_TYPES } from '../src/domain/event-types.js';
import { startServer } from '../src/server.js';
import { morning, seededChance } from './building.js';
import { ApiClient } from './client.js';
import { demoLines, type Totals } from './lines.js';
import { type Arrival, type Behaviour, startDemoReceiver } from './receiver.js';

const OUTAGE = { afterMs: 20_000, lastsMs: 6_000 };

/** Fails the third request and each eleventh, and has one short outage: so that retries are seen. */
const behave: Behaviour = (n, elapsedMs) => {
  const sinceOutage = elapsedMs - OUTAGE.afterMs;
  if (sinceOutage >= 0 && sinceOutage < OUTAGE.lastsMs) return 503;
  return n === 3 || n % 11 === 0 ? 503 : 200;
};

const { values: options } = parseArgs({
  options: { events: { type: 'string' }, pause: { type: 'string', default: '600' } },
});
const limit = options.events === undefined ? Number.POSITIVE_INFINITY : Number(options.events);
const pauseMs = Number(options.pause);
if (!(limit >= 1) || !(pauseMs >= 0)) {
  throw new RangeError('--events takes a number from 1, --pause one from 0 (ms)');
}

const lines = demoLines(process.stdout.isTTY === true && !process.env['NO_COLOR']);
const print = (line: string) => process.stdout.write(`${line}\n`);
const secret = randomBytes(24).toString('hex');
const password = randomBytes(12).toString('hex');
const totals: Totals = {
  events: 0,
  arrivals: 0,
  delivered: 0,
  refused: 0,
  deliveredByRetry: 0,
  badSignatures: 0,
  firstTryMs: [],
};

/** Aborts when the demo is to end: by Ctrl-C, or when all that was asked for is delivered. */
const ending = new AbortController();
// Not once: npm hands a Ctrl-C on that the terminal has sent here already.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());

const dataDir = await mkdtemp(join(tmpdir(), 'latchhook-demo-'));
const server = await startServer(
  readConfig(
    {
      LATCHHOOK_PORT: '0',
      LATCHHOOK_DATA_DIR: dataDir,
      LATCHHOOK_ADMIN_PASSWORD: password,
      LATCHHOOK_EGRESS_ALLOW: '127.0.0.0/8',
      LATCHHOOK_RETRY_BASE_MS: '1500',
      LATCHHOOK_RETRY_FACTOR: '2',
      LATCHHOOK_LOG_LEVEL: 'silent',
    },
    {},
    dataDir,
  ),
);
const receiver = await startDemoReceiver({ secret, behave, now: systemClock.now, onArrival });
try {
  const client = new ApiClient(server.url);
  await client.logIn('admin', password);
  const uid = await client.createWebhook({
    url: receiver.url,
    status: 'active',
    secret,
    event_types: EVENT_TYPES,
    max_retries: 5,
  });
  print('A building reports, Latchhook delivers, a receiver verifies. Ctrl-C ends it.\n');
  print(lines.note('server', `${server.url} (its data is in a temporary folder, removed at the end)`));
  print(lines.note('webhook', `number ${uid}, to ${receiver.url}, signed, up to 5 retries`));
  print(
    lines.note('receiver', 'answers 503 now and then, and is out of order for 6 s once: watch the retries\n'),
  );
  await report(client);
  await delivered();
} finally {
  // The receiver last: what is under way while the server stops still finds it.
  await server.stop();
  await receiver.close();
  await rm(dataDir, { recursive: true, force: true });
}
print(lines.summary(totals));

/** The panels' part: posts what happens, one to three reports a second. */
async function report(client: ApiClient): Promise<void> {
  const chance = seededChance(7);
  const reports = morning(chance);
  while (totals.events < limit && !ending.signal.aborted) {
    totals.events += 1;
    await client.postEvents({ ...reports.next().value, created_at: systemClock.now() });
    // Cut short at the end, which is its one way to fail.
    await wait(pauseMs * (0.5 + chance()), undefined, { signal: ending.signal }).catch(() => {});
  }
}

function onArrival(arrival: Arrival): void {
  totals.arrivals += 1;
  if (!arrival.signatureOk) totals.badSignatures += 1;
  if (arrival.status >= 300) totals.refused += 1;
  else {
    totals.delivered += 1;
    if (arrival.attempt > 1) totals.deliveredByRetry += 1;
    else totals.firstTryMs.push(arrival.at - arrival.event.created_at);
  }
  print(lines.arrival(arrival));
  if (totals.delivered >= limit) ending.abort();
}

/** Resolves when everything asked for has arrived, or at Ctrl-C. */
async function delivered(): Promise<void> {
  if (!ending.signal.aborted) await once(ending.signal, 'abort');
}
