import type { FastifyInstance } from 'fastify';
import type { DeliveryState } from '../../domain/delivery.js';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import type { Dashboard } from '../contract/dashboard.js';
import { EVENT_TYPE_FIELD } from '../listing/filter-field.js';
import { readListQuery } from '../listing/list-query.js';
import { periodOf } from '../period.js';
import type { RouteParts } from './route-parts.js';

const PARAMETERS = ['filter_field', 'filter_type', 'filter_format', 'filter_value', 'from', 'to'];
const SPEC = { filters: [EVENT_TYPE_FIELD], repeatable: [], sortFields: null, time: true, cursor: false };

/** The dashboard has texts of its own for what the lists say otherwise. */
const OWN: Partial<Record<ErrorCode, ErrorCode>> = {
  'wrong-filter-value': 'wrong-event-type',
  'wrong-time-format': 'wrong-time-period',
  'wrong-time-range': 'wrong-time-period',
};

export function dashboardRoutes(app: FastifyInstance, { store, clock }: RouteParts): void {
  app.get(
    '/api/v1/webhooks/events/retry/dashboard',
    { config: { access: 'account' } },
    async (request): Promise<Dashboard> => {
      const { flat, ...times } = readQuery(request.query as Record<string, unknown>);
      const result = await store.listings.statistics({
        ...periodOf(times, clock.now()),
        stepMs: null,
        by: null,
        eventType: flat?.value ?? null,
        maxPoints: 1,
      });
      const [series] = result.kind === 'counted' ? result.series : [];
      if (!series) throw new Error('statistics that are not grouped are one series');
      return dashboard(series.counts);
    },
  );
}

/** It is no list: what it has in common with them is the filter and the time. */
function readQuery(query: Record<string, unknown>) {
  const given = PARAMETERS.flatMap((name) => (name in query ? [[name, query[name]]] : []));
  try {
    return readListQuery(Object.fromEntries(given), SPEC);
  } catch (error) {
    const own = error instanceof Refusal ? OWN[error.code] : undefined;
    throw own ? new Refusal(own, '', { cause: error }) : error;
  }
}

function dashboard(counts: Record<DeliveryState, number>): Dashboard {
  const { delivered, retrying } = counts;
  const failed = counts.failed + counts.expired;
  const all = delivered + failed + retrying;
  return {
    success_rate: all === 0 ? 100 : Math.round((1000 * delivered) / all) / 10,
    delivered,
    failed,
    retrying,
  };
}
