import { MASK, maskedHeaders } from '../domain/masked-headers.js';
import { DEFAULT_TIMEOUT_MS, type Webhook } from '../domain/webhook.js';
import { type Caller, isAdministrator } from './caller.js';
import type { WebhookEntity, WebhookItem } from './contract/webhook.js';

/** The entity as this caller may see it: secret and header values are for administrators. */
export function webhookEntity(webhook: Webhook, caller: Caller): WebhookEntity {
  const { item_uid, url, ...rest } = webhookItem(webhook, caller);
  const secret = webhook.secret !== null && !isAdministrator(caller) ? MASK : webhook.secret;
  return { item_uid, url, secret, ...rest };
}

/** An entry of the list: nobody is shown a secret there. */
export function webhookItem(webhook: Webhook, caller: Caller): WebhookItem {
  return {
    item_uid: webhook.uid,
    url: webhook.url,
    status: webhook.status,
    timeout: webhook.timeout ?? DEFAULT_TIMEOUT_MS,
    headers: isAdministrator(caller) ? webhook.headers : maskedHeaders(webhook.headers),
    description: webhook.description,
    ordered: webhook.ordered,
    rate_limit: webhook.rateLimit,
    max_age: webhook.maxAge,
    event_types: webhook.eventTypes,
    max_retries: webhook.maxRetries,
    disabled_reason: webhook.disabledReason,
    health: webhook.health,
    failing_since: webhook.failingSince,
    next_probe_at: webhook.nextProbeAt,
  };
}
