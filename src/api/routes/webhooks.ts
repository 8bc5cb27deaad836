import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import type { WebhookSpec } from '../../domain/webhook.js';
import { readReplacement, readWebhook } from '../../domain/webhook-rules.js';
import type { WebhookWrite } from '../../store/store.js';
import { callerOf } from '../caller.js';
import { Done } from '../contract/done.js';
import { operation, SHAPE_ERRORS, serve } from '../contract/operation.js';
import { Created } from '../contract/user.js';
import {
  WEBHOOK_BODY_EXAMPLE,
  WEBHOOK_EXAMPLE,
  WebhookBody,
  WebhookEntity,
  WebhookReplacement,
} from '../contract/webhook.js';
import { jsonBody } from '../request-body.js';
import { readUid } from '../uids.js';
import { webhookEntity } from '../webhook-entity.js';
import type { RouteParts } from './route-parts.js';

const BODY = { schema: WebhookBody, example: WEBHOOK_BODY_EXAMPLE };
const BODY_ERRORS = [
  ...SHAPE_ERRORS,
  'invalid-url',
  'invalid-status',
  'invalid-event-types',
  'invalid-max-retries',
  'invalid-secret',
  'secret-with-white-space',
  'invalid-secret-encoding',
  'invalid-timeout',
  'invalid-headers',
  'headers-too-long',
  'invalid-header-name',
  'invalid-header-value',
  'description-too-long',
  'invalid-rate-limit',
  'invalid-max-age',
  'address-not-allowed',
  'same-url',
] as const;

const ITEM = '/api/v1/webhooks/{webhook_uid}';
const DONE = { json: { schema: Done, example: {} } };

export const WEBHOOK_OPERATIONS = {
  create: operation({
    id: 'createWebhook',
    tag: 'Webhooks',
    method: 'POST',
    path: '/api/v1/webhooks',
    summary: 'Subscribe a URL to event types',
    access: 'administrator',
    body: BODY,
    answer: { json: { schema: Created, example: { item_uid: 1 } } },
    errors: BODY_ERRORS,
  }),
  get: operation({
    id: 'getWebhook',
    tag: 'Webhooks',
    method: 'GET',
    path: ITEM,
    summary: 'Show one webhook',
    description: 'Secret and values of headers are shown to administrators; others see `***`.',
    access: 'account',
    answer: { json: { schema: WebhookEntity, example: WEBHOOK_EXAMPLE } },
    errors: ['wrong-webhook-uid'],
  }),
  replace: operation({
    id: 'replaceWebhook',
    tag: 'Webhooks',
    method: 'PUT',
    path: ITEM,
    summary: 'Replace a webhook',
    description:
      'An optional member that is left out keeps its value; `null` clears it. After the answer no attempt begins with the old version. Enabling it releases what was held meanwhile, but for what is older than `LATCHHOOK_HELD_HOURS`, or expires all of it with `"held": "expire"`.',
    access: 'administrator',
    body: { schema: WebhookReplacement, example: { ...WEBHOOK_BODY_EXAMPLE, held: 'release' } },
    answer: DONE,
    errors: ['wrong-webhook-uid', ...BODY_ERRORS, 'invalid-held'],
  }),
  remove: operation({
    id: 'deleteWebhook',
    tag: 'Webhooks',
    method: 'DELETE',
    path: ITEM,
    summary: 'Delete a webhook; its open deliveries end as cancelled',
    access: 'administrator',
    answer: DONE,
    errors: ['wrong-webhook-uid'],
  }),
};

export function webhookRoutes(app: FastifyInstance, { store, engine, guard }: RouteParts): void {
  const stored = async (uid: string) => {
    const webhook = await store.webhooks.get(readUid(uid, 'wrong-webhook-uid'));
    if (!webhook) throw new Refusal('wrong-webhook-uid');
    return webhook;
  };

  /** The fields' rules were judged before; whether the URL is taken is judged by the store, behind this. */
  const refuseAddress = async ({ url }: WebhookSpec) => {
    const verdict = await guard.checkUrl(new URL(url));
    if (!verdict.allowed) {
      throw new Refusal('address-not-allowed', `${verdict.address}, ${verdict.addressClass}`);
    }
  };

  /** No attempt with the old version begins after the answer. */
  const written = async (write: WebhookWrite) => {
    if (write.kind === 'same-url') throw new Refusal('same-url');
    if (write.kind === 'unknown') throw new Refusal('wrong-webhook-uid');
    await engine.webhooksChanged();
    return write.webhook;
  };

  serve(app, WEBHOOK_OPERATIONS.create, async (request) => {
    const spec = readWebhook(jsonBody(request), null);
    await refuseAddress(spec);
    const webhook = await written(await store.webhooks.create(spec, callerOf(request).actor));
    return { item_uid: webhook.uid };
  });

  serve(app, WEBHOOK_OPERATIONS.get, async (request) => {
    return webhookEntity(await stored(request.params.webhook_uid), callerOf(request));
  });

  serve(app, WEBHOOK_OPERATIONS.replace, async (request) => {
    const webhook = await stored(request.params.webhook_uid);
    const { spec, held } = readReplacement(jsonBody(request), webhook);
    await refuseAddress(spec);
    await written(await store.webhooks.update(webhook.uid, spec, callerOf(request).actor, held));
    return {};
  });

  serve(app, WEBHOOK_OPERATIONS.remove, async (request) => {
    const { uid } = await stored(request.params.webhook_uid);
    if (!(await store.webhooks.remove(uid, callerOf(request).actor))) throw new Refusal('wrong-webhook-uid');
    await engine.webhooksChanged();
    return {};
  });
}
