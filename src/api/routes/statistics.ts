import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Refusal } from '../../domain/errors.js';
import type { StatisticsQuery, StatisticsSeries as StoredSeries } from '../../store/store.js';
import { operation, serve } from '../contract/operation.js';
import { Statistics, type StatisticsSeries } from '../contract/statistics.js';
import { Uid } from '../contract/uid.js';
import { TIME_PARAMETERS } from '../listing/list-parameters.js';
import { single } from '../listing/list-query.js';
import { readTimes } from '../listing/times.js';
import { periodOf } from '../period.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;

/** What a person would choose, for about as many points as a chart is wide. */
const STEPS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS, DAY_MS, WEEK_MS];
const USUAL_STEPS = 200;

/** A day by minutes, and more. */
const MAX_STEPS = 2_000;
/** Over all series: about 4 MB of an answer. */
const MAX_POINTS = 20_000;
/** A page of the list of webhooks. */
const MAX_WEBHOOKS = 200;

const GROUPINGS: Readonly<Record<string, StatisticsQuery['by']>> = {
  webhook: 'webhook',
  event_type: 'event-type',
};

const COUNTED_EXAMPLE = {
  counts: { pending: 0, retrying: 2, delivered: 996, failed: 2, cancelled: 0, expired: 0 },
  latency: { p50: 5, p95: 23, p99: 94 },
};

export const STATISTICS_OPERATIONS = {
  statistics: operation({
    id: 'getStatistics',
    tag: 'System',
    method: 'GET',
    path: '/api/v1/statistics',
    summary: 'Count deliveries by state and measure their latency, over time',
    description:
      'Of deliveries accepted from `from` to `to`, rounded out to minutes, and to hours where that is more than 48 h ago; of the last 24 h where neither is given. Tests are left out.',
    access: 'account',
    query: {
      ...TIME_PARAMETERS,
      step: {
        schema: Type.Union([Type.Integer({ minimum: MINUTE_MS, multipleOf: MINUTE_MS }), Type.Literal('')]),
        description: `ms, whole minutes: how long the time of a point is. When left out, so that there are up to ${USUAL_STEPS}; at most ${MAX_STEPS}.`,
      },
      by: {
        schema: Type.String({ enum: [...Object.keys(GROUPINGS), ''] }),
        description: 'A series for each of these; one series over all when left out.',
      },
      webhook_uid: {
        schema: Type.Array(Uid, { minItems: 1 }),
        description: `Only what these are owed; may be repeated, up to ${MAX_WEBHOOKS} times.`,
      },
    },
    answer: {
      json: {
        schema: Statistics,
        example: {
          from: 1746396720000,
          to: 1746483120000,
          step: 86400000,
          series: [
            { webhook_uid: 1, ...COUNTED_EXAMPLE, points: [{ start: 1746403200000, ...COUNTED_EXAMPLE }] },
          ],
        },
      },
    },
    errors: [
      'wrong-time-format',
      'wrong-time-range',
      'wrong-step',
      'wrong-grouping',
      'wrong-webhook-uid',
      'too-many-points',
    ],
  }),
};

export function statisticsRoutes(app: FastifyInstance, { store, clock }: RouteParts): void {
  serve(app, STATISTICS_OPERATIONS.statistics, async (request) => {
    const query = request.query as Record<string, unknown>;
    const period = periodOf(readTimes(query), clock.now());
    const given = readStep(query);
    const by = readGrouping(query);
    const webhookUids = readWebhooks(query);
    const length = period.to - period.from + 1;
    const stepMs = given ?? usualStep(length);
    if (length / stepMs > MAX_STEPS) throw new Refusal('too-many-points');
    const result = await store.listings.statistics({
      ...period,
      stepMs,
      by,
      eventType: null,
      ...(webhookUids === null ? {} : { webhookUids }),
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

/** null: not given. */
function readWebhooks(query: Record<string, unknown>): number[] | null {
  const given = query['webhook_uid'];
  if (given === undefined) return null;
  const texts = [given].flat();
  if (texts.length > MAX_WEBHOOKS) throw new Refusal('wrong-webhook-uid');
  return texts.map((text) => readUid(String(text), 'wrong-webhook-uid'));
}

function usualStep(length: number): number {
  const step = STEPS.find((one) => length / one <= USUAL_STEPS);
  return step ?? Math.ceil(length / USUAL_STEPS / WEEK_MS) * WEEK_MS;
}

function toSeries({ webhookUid, eventType, ...counted }: StoredSeries): StatisticsSeries {
  return {
    ...(webhookUid === null ? {} : { webhook_uid: webhookUid }),
    ...(eventType === null ? {} : { event_type: eventType }),
    ...counted,
  };
}
