import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { localeOf } from '../../domain/texts/locale.js';
import { callerOf } from '../caller.js';
import { DELIVERY_EXAMPLE, Delivery } from '../contract/delivery.js';
import { operation, serve } from '../contract/operation.js';
import { deliveryOf } from '../delivery-item.js';
import { eventDetailsHtml } from '../event-details.js';
import { LOCALE_PARAMETER } from '../listing/list-parameters.js';
import { prefersJson } from '../media-type.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

/** Should a browser take the page for more than text, then it may still do nothing. */
const PAGE_POLICY = "default-src 'none'; sandbox";

/** Either, as `Accept` prefers. */
const ANSWER = {
  json: { schema: Delivery, example: DELIVERY_EXAMPLE },
  text: {
    'text/html': `EVENT DETAILS: log.access_granted_by_api_call (ID: wh_5)
Event Timestamp: 2025-05-05T21:38:43Z
Request Timestamp: 2025-05-05T21:38:44Z
Response Timestamp: 2025-05-05T21:38:44Z
Response Time: 23 ms
Status: Failed (6/6 attempts)
REQUEST:
URL: https://building.example/hook
Method: POST
Headers:
Content-Type: application/json
X-Building: ***
X-Webhook-Attempt: 6
Payload: {"data":{},"created_at":1746481123160,"event_id":45,"event_type":"log.access_granted_by_api_call"}
RESPONSE:
Status: 401 Login required
`,
  },
};

export const EVENT_DETAILS_OPERATIONS = {
  details: operation({
    id: 'getDelivery',
    tag: 'Deliveries',
    method: 'GET',
    path: '/api/v1/webhooks/events/{webhook_event_uid}',
    summary: 'Show a delivery and what became of its attempts',
    description:
      'As HTML it is the text of the panels, about the last attempt; as JSON, where `Accept` prefers that, it has every attempt.',
    access: 'account',
    query: { locale: LOCALE_PARAMETER },
    answer: ANSWER,
    errors: ['wrong-webhook-event-uid'],
  }),
  test: operation({
    id: 'testWebhook',
    tag: 'Webhooks',
    method: 'POST',
    path: '/api/v1/webhooks/{webhook_uid}/test',
    summary: 'Send a test, and show what became of it',
    description:
      'One attempt without retries, also to a disabled webhook. The answer is 200 also when the receiver fails. The test is a delivery marked `test`, in no log and in no statistics.',
    access: 'administrator',
    query: { locale: LOCALE_PARAMETER },
    answer: ANSWER,
    errors: ['wrong-webhook-uid', 'too-many-tests'],
  }),
};

export function eventDetailsRoutes(app: FastifyInstance, { store, engine }: RouteParts): void {
  const answerDetails = async (
    uid: number,
    unknown: ErrorCode,
    request: Pick<FastifyRequest, 'headers' | 'query'>,
    reply: FastifyReply,
  ): Promise<Delivery | string> => {
    const details = await store.listings.delivery(uid);
    if (!details) throw new Refusal(unknown);
    const { event, delivery } = details;
    const versions = await store.webhooks.versions([
      ...new Set(delivery.attemptLog.map(({ versionId }) => versionId)),
    ]);
    const sent = {
      versions: new Map(versions.map((version) => [version.versionId, version])),
      idOrigin: store.idOrigin,
    };
    const item = deliveryOf(event, delivery, sent, localeOf(request.query));
    reply.header('vary', 'accept');
    if (prefersJson(request.headers.accept)) return item;
    reply.type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY);
    return eventDetailsHtml(details, item);
  };

  serve(app, EVENT_DETAILS_OPERATIONS.details, (request, reply) => {
    const code = 'wrong-webhook-event-uid';
    return answerDetails(readUid(request.params.webhook_event_uid, code), code, request, reply);
  });

  serve(app, EVENT_DETAILS_OPERATIONS.test, async (request, reply) => {
    const webhookUid = readUid(request.params.webhook_uid, 'wrong-webhook-uid');
    const uid = await engine.test({ webhookUid, source: callerOf(request).actor.name });
    if (uid === null) throw new Refusal('wrong-webhook-uid');
    return answerDetails(uid, 'internal', request, reply);
  });
}
