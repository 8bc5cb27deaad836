import type { FastifyInstance } from 'fastify';
import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { type Locale, localeOf } from '../../domain/texts/locale.js';
import type { CancelResult, ResendResult } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { DELIVERY_ITEM_EXAMPLE, DeliveryItem } from '../contract/delivery.js';
import { operation, serve } from '../contract/operation.js';
import { deliveryItem } from '../delivery-item.js';
import { LOCALE_PARAMETER } from '../listing/list-parameters.js';
import { readUid } from '../uids.js';
import type { RouteParts } from './route-parts.js';

const TAG = 'Deliveries';
const ITEM = '/api/v1/webhooks/events/{webhook_event_uid}';

export const DELIVERY_ORDER_OPERATIONS = {
  resend: operation({
    id: 'resendDelivery',
    tag: TAG,
    method: 'POST',
    path: `${ITEM}/resend`,
    summary: 'Send a delivery again',
    description:
      'It keeps its `webhook-id`, goes on counting `X-Webhook-Attempt`, says `X-Webhook-Resend: 1`, and gets all its retries. One that is open gets its next attempt now; held, it waits until its webhook takes attempts. Answers how it stands then, before that attempt.',
    access: 'administrator',
    query: { locale: LOCALE_PARAMETER },
    answer: {
      json: { schema: DeliveryItem, example: { ...DELIVERY_ITEM_EXAMPLE, status: 'pending' } },
    },
    errors: ['wrong-webhook-event-uid', 'test-delivery', 'delivery-of-deleted', 'delivery-too-old'],
  }),
  cancel: operation({
    id: 'cancelDelivery',
    tag: TAG,
    method: 'POST',
    path: `${ITEM}/cancel`,
    summary: 'End an open delivery as cancelled',
    description:
      'An attempt that is under way goes on, and what comes of it counts no more, unless it is on record first.',
    access: 'administrator',
    query: { locale: LOCALE_PARAMETER },
    answer: {
      json: {
        schema: DeliveryItem,
        example: {
          ...DELIVERY_ITEM_EXAMPLE,
          status: 'cancelled',
          reason: 'cancelled-by-user',
          next_attempt_at: null,
        },
      },
    },
    errors: ['wrong-webhook-event-uid', 'test-delivery', 'delivery-ended'],
  }),
};

const REFUSALS: Record<Exclude<(ResendResult | CancelResult)['kind'], 'resent' | 'cancelled'>, ErrorCode> = {
  unknown: 'wrong-webhook-event-uid',
  test: 'test-delivery',
  'webhook-deleted': 'delivery-of-deleted',
  'too-old': 'delivery-too-old',
  ended: 'delivery-ended',
};

export function deliveryOrderRoutes(app: FastifyInstance, { store, engine }: RouteParts): void {
  const answer = async (uid: number, locale: Locale) => {
    const details = await store.listings.delivery(uid);
    if (!details) throw new Refusal('wrong-webhook-event-uid');
    return deliveryItem(details.delivery, locale);
  };

  serve(app, DELIVERY_ORDER_OPERATIONS.resend, async (request) => {
    const deliveryUid = readUid(request.params.webhook_event_uid, 'wrong-webhook-event-uid');
    const result = await engine.resend({ deliveryUid, by: callerOf(request).actor });
    if (result.kind !== 'resent') throw new Refusal(REFUSALS[result.kind]);
    return answer(deliveryUid, localeOf(request.query));
  });

  serve(app, DELIVERY_ORDER_OPERATIONS.cancel, async (request) => {
    const deliveryUid = readUid(request.params.webhook_event_uid, 'wrong-webhook-event-uid');
    const result = await engine.cancel({ deliveryUid, by: callerOf(request).actor });
    if (result.kind !== 'cancelled') throw new Refusal(REFUSALS[result.kind]);
    return answer(deliveryUid, localeOf(request.query));
  });
}
