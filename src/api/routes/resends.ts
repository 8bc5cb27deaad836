import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import { readResend } from '../../domain/resend-input.js';
import type { Job, JobSpec, JobState } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import {
  RESEND_BODY_EXAMPLE,
  RESEND_ITEM_EXAMPLE,
  ResendBody,
  ResendItem,
  ResendList,
  StartedResend,
} from '../contract/resend.js';
import { listOptions } from '../listing/envelope.js';
import { closedField } from '../listing/filter-field.js';
import { listOptionsExample } from '../listing/list-example.js';
import { listErrors, listParameters } from '../listing/list-parameters.js';
import { type ListSpec, readListQuery, wanted } from '../listing/list-query.js';
import { pageOf } from '../listing/page.js';
import { jsonBody } from '../request-body.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const TAG = 'Deliveries';
const ITEM = '/api/v1/resends/{resend_uid}';

const LIST: ListSpec = {
  filters: [closedField('state', ['running', 'done', 'cancelled'])],
  repeatable: [],
  sortFields: ['item_uid'],
  time: false,
  cursor: false,
};

export const RESEND_OPERATIONS = {
  start: operation({
    id: 'startResend',
    tag: TAG,
    method: 'POST',
    path: '/api/v1/resends',
    summary: 'Send many deliveries again, in the background',
    description:
      'Mode `deliveries` (default) sends those of a webhook again that ended in one of `statuses`. Mode `events` sends a range of events to a webhook: each event has one delivery for a webhook, so that one which has ended is sent again, one that is open is skipped, and where there is none it is made. All filters are combined; without any it is everything. With `"dry_run": true` it is only counted. The work is paced by what the webhook takes, waits while the webhook takes nothing, survives restarts, and never meets what was accepted after its start.',
    access: 'administrator',
    body: { schema: ResendBody, example: RESEND_BODY_EXAMPLE },
    answer: { json: { schema: StartedResend, example: { item_uid: 1, total: 12044 } } },
    errors: [
      ...SHAPE_ERRORS,
      'wrong-webhook-uid',
      'invalid-mode',
      'statuses-of-events',
      'invalid-statuses',
      'invalid-event-types',
      'invalid-sources',
      'wrong-time-format',
      'wrong-time-range',
    ],
  }),
  list: operation({
    id: 'listResends',
    tag: TAG,
    method: 'GET',
    path: '/api/v1/resends',
    summary: 'List resends with their progress',
    access: 'account',
    query: listParameters(LIST),
    answer: {
      json: {
        schema: ResendList,
        example: { list_items: [RESEND_ITEM_EXAMPLE], list_options: listOptionsExample(LIST) },
      },
    },
    errors: listErrors(LIST),
  }),
  get: operation({
    id: 'getResend',
    tag: TAG,
    method: 'GET',
    path: ITEM,
    summary: 'Show the progress of a resend',
    access: 'account',
    answer: { json: { schema: ResendItem, example: RESEND_ITEM_EXAMPLE } },
    errors: ['wrong-resend-uid'],
  }),
  cancel: operation({
    id: 'cancelResend',
    tag: TAG,
    method: 'DELETE',
    path: ITEM,
    summary: 'Cancel a resend; what it sent again stays',
    access: 'administrator',
    answer: { json: { schema: Done, example: {} } },
    errors: ['wrong-resend-uid', 'resend-ended'],
  }),
};

export function resendRoutes(app: FastifyInstance, { store, engine }: RouteParts): void {
  serve(app, RESEND_OPERATIONS.start, async (request) => {
    const { dryRun, ...given } = readResend(jsonBody(request));
    const webhook = await store.webhooks.get(given.webhookUid);
    if (!webhook) throw new Refusal('wrong-webhook-uid');
    const usual = given.mode === 'events' ? webhook.eventTypes : null;
    const spec: JobSpec = { ...given, eventTypes: given.eventTypes ?? usual };
    if (dryRun) {
      const total = await store.jobs.count(spec);
      if (total === null) throw new Refusal('wrong-webhook-uid');
      return { item_uid: null, total };
    }
    const job = await store.jobs.start(spec, callerOf(request).actor);
    if (!job) throw new Refusal('wrong-webhook-uid');
    engine.jobChanged(job);
    return { item_uid: job.uid, total: job.total };
  });

  serve(app, RESEND_OPERATIONS.list, async (request) => {
    const query = readListQuery(request.query, LIST);
    const [state] = wanted(query, 'state') ?? [null];
    const { total, rows } = await store.jobs.list({ ...pageOf(query), state: state as JobState | null });
    return { list_items: rows.map(item), list_options: listOptions(query, LIST, { total }) };
  });

  serve(app, RESEND_OPERATIONS.get, async (request) => {
    const job = await store.jobs.get(readUid(request.params.resend_uid, 'wrong-resend-uid'));
    if (!job) throw new Refusal('wrong-resend-uid');
    return item(job);
  });

  serve(app, RESEND_OPERATIONS.cancel, async (request) => {
    const uid = readUid(request.params.resend_uid, 'wrong-resend-uid');
    const result = await store.jobs.cancel(uid, callerOf(request).actor);
    if (result.kind === 'unknown') throw new Refusal('wrong-resend-uid');
    if (result.kind === 'ended') throw new Refusal('resend-ended');
    engine.jobChanged(result.job);
    return {};
  });
}

function item(job: Job): ResendItem {
  return {
    item_uid: job.uid,
    state: job.state,
    webhook_uid: job.webhookUid,
    mode: job.mode,
    statuses: job.statuses,
    event_types: job.eventTypes,
    sources: job.sources,
    from: job.from,
    to: job.to,
    total: job.total,
    done: job.done,
    skipped: job.skipped,
    started_at: job.startedAt,
    ended_at: job.endedAt,
    started_by: job.startedBy,
  };
}
