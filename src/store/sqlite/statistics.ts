import type { Clock } from '../../clock.js';
import { eventTypeCode, eventTypeName } from '../../domain/event-types.js';
import { SPAN } from '../statistics.js';
import { type StatSum, summed } from '../statistics-sum.js';
import { roundedOut } from '../statistics-window.js';
import type { StatisticsQuery, StatisticsResult } from '../store.js';
import type { Connection } from './connection.js';
import type { Reader } from './reader.js';

const SERIES = { webhook: 'webhook_uid', 'event-type': 'event_type' } as const;

/** `IN` and the range of `start` are two steps down the key, so that only the window is read. */
export const statisticsQuery = (by: StatisticsQuery['by'], ofType: boolean) => `
  SELECT start - start % ? AS start, ${by === null ? 0 : SERIES[by]} AS series, state, bucket,
    sum(count) AS count
  FROM stat
  WHERE span IN (${SPAN.minute}, ${SPAN.hour}) AND start >= ? AND start < ? ${ofType ? 'AND event_type = ?' : ''}
  GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0`;

/** Where there are no points, all is one step: later than any time. */
const NO_STEP = Number.MAX_SAFE_INTEGER;

export class SqliteStatistics {
  readonly #reader: Reader;
  readonly #clock: Clock;
  readonly #statements = new Map<string, ReturnType<typeof prepare>>();

  constructor(reader: Reader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
  }

  count(query: StatisticsQuery): StatisticsResult {
    const { from, to, stepMs } = roundedOut(query, this.#clock.now());
    const { by, eventType, maxPoints } = query;
    const code = eventType === null ? null : eventTypeCode(eventType);
    if (code === undefined) throw new RangeError(`unknown event type ${eventType}`);
    const series = this.#reader.read(() => {
      const rows = this.#statement(by, code !== null).iterate(
        stepMs ?? NO_STEP,
        from,
        to,
        ...(code === null ? [] : [code]),
      );
      return summed(rows, { grouped: by !== null, points: stepMs !== null, maxPoints });
    });
    if (!series) return { kind: 'too-many-points' };
    return {
      kind: 'counted',
      from,
      to,
      stepMs,
      series: series.map(({ key, ...counted }) => ({
        webhookUid: by === 'webhook' ? key : null,
        eventType: by === 'event-type' ? eventTypeName(key) : null,
        ...counted,
      })),
    };
  }

  #statement(by: StatisticsQuery['by'], ofType: boolean) {
    const name = `${by}:${ofType}`;
    let statement = this.#statements.get(name);
    if (!statement) {
      statement = prepare(this.#reader.database, by, ofType);
      this.#statements.set(name, statement);
    }
    return statement;
  }
}

function prepare(database: Connection, by: StatisticsQuery['by'], ofType: boolean) {
  return database.prepare<number[], StatSum>(statisticsQuery(by, ofType));
}
