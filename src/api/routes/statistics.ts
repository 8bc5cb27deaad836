import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import type { StatisticsQuery } from '../../store/store.js';
import type { Statistics, StatisticsSeries } from '../contract/statistics.js';
import { single } from '../listing/list-query.js';
import { readTimes } from '../listing/times.js';
import { periodOf } from '../period.js';
import type { RouteParts } from './route-parts.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** What a person would choose, for about as many points as a chart is wide. */
const STEPS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, WEEK_MS];
const USUAL_STEPS = 200;

const MAX_STEPS = 1_000;
/** Over all series: about 4 MB of an answer. */
const MAX_POINTS = 20_000;

const GROUPINGS: Readonly<Record<string, StatisticsQuery['by']>> = {
  webhook: 'webhook',
  event_type: 'event-type',
};

export function statisticsRoutes(app: FastifyInstance, { store, clock }: RouteParts): void {
  app.get('/api/v1/statistics', { config: { access: 'account' } }, async (request): Promise<Statistics> => {
    const query = request.query as Record<string, unknown>;
    const period = periodOf(readTimes(query), clock.now());
    const given = readStep(query);
    const by = readGrouping(query);
    const length = period.to - period.from + 1;
    const stepMs = given ?? usualStep(length);
    if (length / stepMs > MAX_STEPS) throw new Refusal('too-many-points');
    const result = await store.listings.statistics({
      ...period,
      stepMs,
      by,
      eventType: null,
      maxPoints: MAX_POINTS,
    });
    if (result.kind === 'too-many-points') throw new Refusal('too-many-points');
    return {
      from: result.from,
      to: result.to,
      step: result.stepMs ?? stepMs,
      series: result.series.map(toSeries),
    };
  });
}

/** ms, whole minutes; null: not given. */
function readStep(query: Record<string, unknown>): number | null {
  const text = single(query, 'step', 'wrong-step') ?? '';
  if (text === '') return null;
  const step = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (step < MINUTE_MS || step % MINUTE_MS !== 0) throw new Refusal('wrong-step');
  return step;
}

function readGrouping(query: Record<string, unknown>): StatisticsQuery['by'] {
  const text = single(query, 'by', 'wrong-grouping') ?? '';
  if (text === '') return null;
  const by = Object.hasOwn(GROUPINGS, text) ? GROUPINGS[text] : undefined;
  if (!by) throw new Refusal('wrong-grouping');
  return by;
}

function usualStep(length: number): number {
  const step = STEPS.find((one) => length / one <= USUAL_STEPS);
  return step ?? Math.ceil(length / USUAL_STEPS / WEEK_MS) * WEEK_MS;
}

function toSeries({ webhookUid, eventType, ...counted }: SeriesRow): StatisticsSeries {
  return {
    ...(webhookUid === null ? {} : { webhook_uid: webhookUid }),
    ...(eventType === null ? {} : { event_type: eventType }),
    ...counted,
  };
}

type SeriesRow = Extract<
  Awaited<ReturnType<RouteParts['store']['listings']['statistics']>>,
  { kind: 'counted' }
>['series'][number];
