/** What clients cost that poll the log each second: the server's CPU time, as a share of one core. */
import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from './children.js';
import { round, type Spread } from './figures.js';
import type { PollerApi } from './poller-process.js';
import { DATA, EVENT_TYPE, SECRET, withServer } from './running-server.js';

export interface PollersResult {
  clients: number;
  loggingInEachTime: number;
  events: number;
  seconds: number;
  polls: number;
  /** CPU time of the server per second, of one core; `idle`: with nobody asking. */
  share: number;
  idleShare: number;
  cpuMsPerPoll: number;
  latencyMs: Spread;
}

const CLIENTS = 50;
const LOGGING_IN_EACH_TIME = 10;
const SECONDS = 10;
const WARM_UP_SECONDS = 5;
const IDLE_SECONDS = 3;
const BATCH = 1000;
/** Nothing is sent there: the webhook is disabled. */
const NOWHERE = 'http://127.0.0.1:9/hook';

export async function benchPollers(options: { events: number }): Promise<PollersResult> {
  const pollers = startChild<PollerApi>('poller-process');
  try {
    return await withServer({ url: NOWHERE, status: 'disabled' }, async ({ url, client, child }) => {
      const events = Math.ceil(options.events / BATCH) * BATCH;
      const batch = Array.from({ length: BATCH }, () => ({ event_type: EVENT_TYPE, data: DATA }));
      for (let stored = 0; stored < events; stored += BATCH) await client.postEvents(batch);
      const poll = (seconds: number) =>
        pollers.ask('poll', {
          url,
          username: 'admin',
          password: SECRET,
          clients: CLIENTS,
          loggingInEachTime: LOGGING_IN_EACH_TIME,
          everyMs: 1000,
          seconds,
        });
      await poll(WARM_UP_SECONDS);
      const idleFrom = await child.ask('cpu', null);
      await wait(IDLE_SECONDS * 1000);
      const before = await child.ask('cpu', null);
      const { polls, latencyMs } = await poll(SECONDS);
      const after = await child.ask('cpu', null);
      return {
        clients: CLIENTS,
        loggingInEachTime: LOGGING_IN_EACH_TIME,
        events,
        seconds: SECONDS,
        polls,
        share: share(before, after),
        idleShare: share(idleFrom, before),
        cpuMsPerPoll: round((after.cpuMs - before.cpuMs) / polls, 3),
        latencyMs,
      };
    });
  } finally {
    await pollers.end();
  }
}

interface Used {
  cpuMs: number;
  atMs: number;
}

function share(before: Used, after: Used): number {
  return round((after.cpuMs - before.cpuMs) / (after.atMs - before.atMs), 4);
}
