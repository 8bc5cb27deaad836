import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../clock.js';
import { eventTypeCode, eventTypeName } from '../../domain/event-types.js';
import { SPAN } from '../statistics.js';
import { SeriesSum, type StatSum } from '../statistics-sum.js';
import { roundedOut, slices } from '../statistics-window.js';
import type { StatisticsQuery, StatisticsResult } from '../store.js';
import type { Connection } from './connection.js';
import type { Reader } from './reader.js';

const SERIES = { webhook: 'webhook_uid', 'event-type': 'event_type' } as const;

/** `IN` and the range of `start` are two steps down the key, so that only the window is read. */
export const statisticsQuery = (by: StatisticsQuery['by'], ofType: boolean, ofWebhooks = false) => `
  SELECT start - start % ? AS start, ${by === null ? 0 : SERIES[by]} AS series, state, bucket,
    sum(count) AS count
  FROM stat
  WHERE span IN (${SPAN.minute}, ${SPAN.hour}) AND start >= ? AND start < ? ${ofType ? 'AND event_type = ?' : ''}
    ${ofWebhooks ? 'AND webhook_uid IN (SELECT value FROM json_each(?))' : ''}
  GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0`;
const FIRST = 'SELECT min(start) AS start FROM stat WHERE span = ?';
const LAST = 'SELECT max(start) AS start FROM stat WHERE span = ?';

/** Where there are no points, all is one step: later than any time. */
const NO_STEP = Number.MAX_SAFE_INTEGER;

export class SqliteStatistics {
  readonly #reader: Reader;
  readonly #clock: Clock;
  readonly #first;
  readonly #last;
  readonly #statements = new Map<string, ReturnType<typeof prepare>>();

  constructor(reader: Reader, clock: Clock) {
    this.#reader = reader;
    this.#clock = clock;
    this.#first = reader.database.prepare<[number], { start: number | null }>(FIRST);
    this.#last = reader.database.prepare<[number], { start: number | null }>(LAST);
  }

  /**
   * Slice by slice, one in a turn of the event loop: a busy day is 360,000 rows, which at once stop it for
   * 0.17 s of CPU, and for 6 ms a slice. What a delivery adds and takes is in one slice.
   */
  async count(query: StatisticsQuery): Promise<StatisticsResult> {
    const now = this.#clock.now();
    const { from, to, stepMs } = roundedOut(query, now);
    const { by, eventType, webhookUids, maxPoints } = query;
    const code = eventType === null ? null : eventTypeCode(eventType);
    if (code === undefined) throw new RangeError(`unknown event type ${eventType}`);
    const sum = new SeriesSum({ grouped: by !== null, points: stepMs !== null, maxPoints });
    const rest = [...(code === null ? [] : [code]), ...(webhookUids ? [JSON.stringify(webhookUids)] : [])];
    const kept = this.#reader.snapshot(() => this.#kept());
    const window = { from: Math.max(from, kept.from), to: Math.min(to, kept.to) };
    for (const slice of slices(window, now)) {
      this.#reader.read(() => {
        const statement = this.#statement(by, code !== null, webhookUids !== undefined);
        for (const row of statement.iterate(stepMs ?? NO_STEP, slice.from, slice.to, ...rest)) sum.add(row);
      });
      if (sum.tooMany) return { kind: 'too-many-points' };
      await nextTurn();
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

  /** What any rows are of; outside there is nothing to read. */
  #kept(): { from: number; to: number } {
    const spans = [SPAN.minute, SPAN.hour];
    return {
      from: Math.min(...spans.map((span) => this.#first.get(span)?.start ?? NO_STEP)),
      to: Math.max(...spans.map((span) => this.#last.get(span)?.start ?? -1)) + 1,
    };
  }

  #statement(by: StatisticsQuery['by'], ofType: boolean, ofWebhooks: boolean) {
    const name = `${by}:${ofType}:${ofWebhooks}`;
    let statement = this.#statements.get(name);
    if (!statement) {
      statement = prepare(this.#reader.database, by, ofType, ofWebhooks);
      this.#statements.set(name, statement);
    }
    return statement;
  }
}

function prepare(database: Connection, by: StatisticsQuery['by'], ofType: boolean, ofWebhooks: boolean) {
  return database.prepare<(number | string)[], StatSum>(statisticsQuery(by, ofType, ofWebhooks));
}
