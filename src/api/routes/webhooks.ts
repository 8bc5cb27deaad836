import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../domain/errors.js';
import type { WebhookSpec } from '../../domain/webhook.js';
import { readWebhook } from '../../domain/webhook-rules.js';
import type { WebhookWrite } from '../../store/store.js';
import { callerOf } from '../caller.js';
import type { Created } from '../contract/user.js';
import type { WebhookEntity } from '../contract/webhook.js';
import { jsonBody } from '../request-body.js';
import { readUid } from '../uids.js';
import { webhookEntity } from '../webhook-entity.js';
import type { RouteParts } from './route-parts.js';

const ITEM = '/api/v1/webhooks/:uid';
interface ItemRoute {
  Params: { uid: string };
}

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

  app.post('/api/v1/webhooks', async (request): Promise<Created> => {
    const spec = readWebhook(jsonBody(request), null);
    await refuseAddress(spec);
    const webhook = await written(await store.webhooks.create(spec));
    return { item_uid: webhook.uid };
  });

  app.get<ItemRoute>(ITEM, { config: { access: 'account' } }, async (request): Promise<WebhookEntity> => {
    return webhookEntity(await stored(request.params.uid), callerOf(request));
  });

  app.put<ItemRoute>(ITEM, async (request) => {
    const webhook = await stored(request.params.uid);
    const spec = readWebhook(jsonBody(request), webhook);
    await refuseAddress(spec);
    await written(await store.webhooks.update(webhook.uid, spec));
    return {};
  });

  app.delete<ItemRoute>(ITEM, async (request) => {
    const { uid } = await stored(request.params.uid);
    if (!(await store.webhooks.remove(uid))) throw new Refusal('wrong-webhook-uid');
    await engine.webhooksChanged();
    return {};
  });
}
