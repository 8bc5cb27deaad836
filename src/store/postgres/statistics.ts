import { eventTypeCode, eventTypeName } from '../../domain/event-types.js';
import { SPAN } from '../statistics.js';
import { SeriesSum, type StatSum } from '../statistics-sum.js';
import { roundedOut, slices } from '../statistics-window.js';
import type { StatisticsQuery, StatisticsResult } from '../store.js';
import { numbers } from './literal.js';
import type { Reader } from './reader.js';

const SERIES = { webhook: 'webhook_uid', 'event-type': 'event_type' } as const;

/** The window is a range of the key under each span, so that only it is read. */
const statisticsQuery = (by: StatisticsQuery['by']) => `
  SELECT start - start % $1::bigint AS start, ${by === null ? '0::bigint' : SERIES[by]} AS series, state, bucket,
    sum(count)::bigint AS count
  FROM stat
  WHERE span IN (${SPAN.minute}, ${SPAN.hour}) AND start >= $2 AND start < $3
    AND ($4::bigint IS NULL OR event_type = $4::bigint)
    AND ($5::bigint[] IS NULL OR webhook_uid = ANY($5::bigint[]))
  GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0`;
const KEPT = `
  SELECT latchhook_now() AS now, min(first) AS first, max(last) AS last
  FROM (VALUES (${SPAN.minute}), (${SPAN.hour})) AS spans (span), LATERAL (
    SELECT min(start) AS first, max(start) AS last FROM stat WHERE stat.span = spans.span
  ) kept`;

/** Where there are no points, all is one step: later than any time. */
const NO_STEP = Number.MAX_SAFE_INTEGER;

interface KeptRow {
  now: number;
  first: number | null;
  last: number | null;
}

/** Slice by slice: what a delivery adds and takes is in one slice, and no statement is long. */
export async function countStatistics(reader: Reader, query: StatisticsQuery): Promise<StatisticsResult> {
  const { by, eventType, webhookUids, maxPoints } = query;
  const code = eventType === null ? null : eventTypeCode(eventType);
  if (code === undefined) throw new RangeError(`unknown event type ${eventType}`);
  const [kept] = await reader.read((line) => line.run<KeptRow>(KEPT));
  if (!kept) throw new Error('the store has no clock');
  const { from, to, stepMs } = roundedOut(query, kept.now);
  const sum = new SeriesSum({ grouped: by !== null, points: stepMs !== null, maxPoints });
  const statement = statisticsQuery(by);
  const rest = [code, webhookUids ? numbers(webhookUids) : null];
  const window = { from: Math.max(from, kept.first ?? NO_STEP), to: Math.min(to, (kept.last ?? -1) + 1) };
  for (const slice of slices(window, kept.now)) {
    const values = [stepMs ?? NO_STEP, slice.from, slice.to, ...rest];
    for (const row of await reader.read((line) => line.run<StatSum>(statement, values))) sum.add(row);
    if (sum.tooMany) return { kind: 'too-many-points' };
  }
  return {
    kind: 'counted',
    from,
    to,
    stepMs,
    series: sum.result().map(({ key, ...counted }) => ({
      webhookUid: by === 'webhook' ? key : null,
      eventType: by === 'event-type' ? eventTypeName(key) : null,
      ...counted,
    })),
  };
}
