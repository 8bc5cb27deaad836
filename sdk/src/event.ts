import { WebhookBodyError } from './errors.js';
import type { EventType } from './event-types.js';

/** What the body of every webhook says. */
export interface EventBody<Data extends object = Record<string, unknown>> {
  /** Parsed by `JSON.parse`: a number of more than 15 digits has lost some; `rawBody` still has them. */
  data: Data;
  /** ms since 1970: when the event happened, at the panel's clock */
  created_at: number;
  /** One per event; several webhooks may get the same event. */
  event_id: number;
  event_type: EventType | (string & Record<never, never>);
}

/** An event whose signature was right. */
export interface WebhookEvent<Data extends object = Record<string, unknown>> extends EventBody<Data> {
  /**
   * `webhook-id`, e.g. `wh_997jtgfn_5`: the same on every attempt, so what to de-duplicate by. null where only the
   * panel's signature was checked: it does not cover this header, and anybody could have written it.
   */
  id: string | null;
  /** `X-Webhook-Attempt`, from 1; null when it was not sent. Covered by neither signature. */
  attempt: number | null;
  /** s since 1970: when this attempt was sent. Covered by the Standard Webhooks signature alone. */
  timestamp: number | null;
  /** Which of the two signatures was checked. */
  signedBy: 'standard' | 'panel';
  /** The body to the letter, for numbers that a double cannot hold. */
  rawBody: string;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws WebhookBodyError `malformed-body` when the bytes are not the JSON of an event */
export function parseEvent(bytes: Uint8Array<ArrayBuffer>): EventBody & { rawBody: string } {
  let rawBody: string;
  let body: unknown;
  try {
    rawBody = UTF8.decode(bytes);
    body = JSON.parse(rawBody);
  } catch (cause) {
    throw new WebhookBodyError('malformed-body', 'The body is not JSON', { cause });
  }
  if (!isEventBody(body)) {
    throw new WebhookBodyError('malformed-body', 'The body is not an event: a member is missing or wrong');
  }
  const { data, created_at, event_id, event_type } = body;
  return { data, created_at, event_id, event_type, rawBody };
}

function isEventBody(body: unknown): body is EventBody {
  return (
    isObject(body) &&
    isObject(body['data']) &&
    Number.isSafeInteger(body['created_at']) &&
    Number.isSafeInteger(body['event_id']) &&
    typeof body['event_type'] === 'string'
  );
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
