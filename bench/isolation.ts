/** One good receiver beside nine that hang until their timeout, over the same receiver alone. */
import { EVENT_TYPES } from '../src/domain/event-types.js';
import { TRIAL } from '../src/domain/width.js';
import { startChild } from './children.js';
import { backlogRound, steadyRound, WARM_UP } from './deliver.js';
import { median, medianSpread, round, type Spread } from './figures.js';
import type { HangingApi } from './hanging-process.js';
import type { LoadApi } from './load-process.js';
import type { ReceiverApi } from './receiver-process.js';
import { DATA, EVENT_TYPE, type RunningServer, webhookEntity, withServer } from './running-server.js';

export interface IsolationResult {
  events: number;
  hanging: number;
  alonePerSecond: number;
  besidePerSecond: number;
  /** The median of what each pair of rounds gives. */
  ratio: number;
  /** From the client's POST to the receiver, at `steadyRate` events a second. */
  aloneMs: Spread;
  besideMs: Spread;
  steadyRate: number;
}

const HANGING = 9;
const STEADY_RATE = 100;
/** Owed to each that hangs: more than its window holds. */
const OWED = 1000;
/** ms: some give up, and open their circuits, while the others are still waiting. */
const TIMEOUTS = [1_000, 3_000, 10_000, 30_000];

interface Round {
  perSecond: number;
  inToOutMs: Spread;
}

/** Rounds of both alternate, each with a server of its own. */
export async function benchIsolation(options: { events: number; rounds: number }): Promise<IsolationResult> {
  const receiver = startChild<ReceiverApi>('receiver-process');
  const load = startChild<LoadApi>('load-process');
  try {
    const { url } = await receiver.ask('listen', null);
    const measured = (hanging: number): Promise<Round> =>
      withServer(
        { url: `${url}/hook`, status: 'active' },
        async (server) => {
          await backlogRound(url, receiver, server, WARM_UP);
          const held = await hold(server, hanging);
          const perSecond = await backlogRound(url, receiver, server, options.events);
          const inToOutMs = await steadyRound(receiver, load, server, STEADY_RATE);
          // Their connections are cut with it: a stop would wait for them.
          await held?.end();
          return { perSecond, inToOutMs };
        },
        { log: 'ignore' },
      );
    const alone: Round[] = [];
    const beside: Round[] = [];
    for (let n = 0; n < options.rounds; n += 1) {
      alone.push(await measured(0));
      beside.push(await measured(HANGING));
    }
    const rates = (rounds: Round[]) => rounds.map(({ perSecond }) => perSecond);
    return {
      events: options.events,
      hanging: HANGING,
      alonePerSecond: Math.round(median(rates(alone))),
      besidePerSecond: Math.round(median(rates(beside))),
      ratio: round(median(rates(beside).map((rate, n) => rate / (alone[n]?.perSecond ?? rate))), 3),
      aloneMs: medianSpread(alone.map(({ inToOutMs }) => inToOutMs)),
      besideMs: medianSpread(beside.map(({ inToOutMs }) => inToOutMs)),
      steadyRate: STEADY_RATE,
    };
  } finally {
    await Promise.all([receiver.end(), load.end()]);
  }
}

/** Owes each of `count` webhooks more than it can send, and waits until all that may begin hang. */
async function hold({ client }: RunningServer, count: number) {
  if (count === 0) return null;
  const child = startChild<HangingApi>('hanging-process');
  const types = EVENT_TYPES.filter((type) => type !== EVENT_TYPE).slice(0, count);
  const { urls } = await child.ask('listen', count);
  for (const [n, eventType] of types.entries()) {
    const entity = webhookEntity({ url: urls[n] ?? '', status: 'active' });
    await client.createWebhook({
      ...entity,
      event_types: [eventType],
      timeout: TIMEOUTS[n % TIMEOUTS.length],
    });
    await client.postEvents(Array.from({ length: OWED }, () => ({ event_type: eventType, data: DATA })));
  }
  await child.ask('held', count * TRIAL);
  return child;
}
