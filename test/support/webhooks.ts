import { Refusal } from '../../src/domain/errors.js';
import type { Webhook, WebhookSpec } from '../../src/domain/webhook.js';
import { readWebhook } from '../../src/domain/webhook-rules.js';

/** The members that none is without. */
export const VALID = {
  url: 'https://receiver.example/hook',
  status: 'active',
  event_types: ['log.tamper_event'],
  max_retries: 5,
};

/** A healthy one, as it is stored. */
export const WEBHOOK: Webhook = {
  uid: 7,
  versionId: 1,
  url: 'https://receiver.example/',
  status: 'active',
  eventTypes: ['log.tamper_event'],
  maxRetries: 1,
  secret: null,
  timeout: null,
  headers: null,
  description: null,
  ordered: false,
  rateLimit: null,
  maxAge: null,
  health: 'healthy',
  failingSince: null,
  nextProbeAt: null,
  probes: 0,
  disabledReason: null,
  createdAt: 1,
  updatedAt: 1,
};

/** The text of the refusal, or the webhook. */
export function judged(json: unknown, stored: WebhookSpec | null = null): WebhookSpec | string {
  try {
    return readWebhook(json, stored);
  } catch (error) {
    if (error instanceof Refusal && error.status === 400) return error.message;
    throw error;
  }
}
