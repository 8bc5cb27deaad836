import type { FastifyInstance } from 'fastify';
import type { DeliveryState } from '../../domain/delivery.js';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { percentage } from '../../domain/percentage.js';
import { Dashboard } from '../contract/dashboard.js';
import { operation, serve } from '../contract/operation.js';
import { EVENT_TYPE_FIELD } from '../listing/filter-field.js';
import { FILTER_ERRORS, filterParameters, TIME_PARAMETERS } from '../listing/list-parameters.js';
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

export const DASHBOARD_OPERATIONS = {
  dashboard: operation({
    id: 'getDashboard',
    tag: 'Deliveries',
    method: 'GET',
    path: '/api/v1/webhooks/events/retry/dashboard',
    summary: 'Count what was delivered, failed and is being retried',
    description:
      'Of deliveries accepted from `from` to `to`, rounded out to minutes, and to hours where that is more than 48 h ago; of the last 24 h where neither is given. Tests are left out.',
    access: 'account',
    query: { ...filterParameters(SPEC.filters), ...TIME_PARAMETERS },
    answer: {
      json: {
        schema: Dashboard,
        example: { success_rate: 99.6, delivered: 996, failed: 2, retrying: 2 },
      },
    },
    errors: [...FILTER_ERRORS.map((code) => OWN[code] ?? code), 'wrong-time-period'],
  }),
};

export function dashboardRoutes(app: FastifyInstance, { store, clock }: RouteParts): void {
  serve(app, DASHBOARD_OPERATIONS.dashboard, async (request) => {
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
  });
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
    success_rate: percentage(delivered, all),
    delivered,
    failed,
    retrying,
  };
}
