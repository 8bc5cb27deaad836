import { eventAgeMs } from './freshness.js';
import type { Signer } from './signature.js';

export interface RequestHeadersInput {
  /** The webhook's own headers, in their order. */
  ownHeaders: readonly (readonly [name: string, value: string])[];
  /** null: the webhook has no secret. */
  signer: Signer | null;
  /** `webhook-id`: the same on every attempt. */
  messageId: string;
  body: Uint8Array;
  /** Counts from 1. */
  attemptNumber: number;
  /** ms, wall clock: when this attempt began. */
  atMs: number;
  /** ms: when the event happened. */
  eventCreatedAt: number;
  /** The attempt belongs to a run that a resend started. */
  resend: boolean;
  userAgent: string;
}

/** Names that are always ours; own headers of such a name are stored and never sent. */
const RESERVED = /^(?:x-)?webhook-/i;

/** The headers of one attempt, all but `Host`; the same input gives the same headers, to send and to show. */
export function requestHeaders(input: RequestHeadersInput): [name: string, value: string][] {
  const { signer, body, atMs } = input;
  const id = input.messageId;
  const seconds = Math.floor(atMs / 1000);
  const headers: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.byteLength)],
    ['User-Agent', input.userAgent],
  ];
  for (const [name, value] of input.ownHeaders) {
    if (!RESERVED.test(name)) headers.push([name, value]);
  }
  if (signer) headers.push(['X-Webhook-Signature', signer.panel(body)]);
  headers.push(
    ['X-Webhook-Timestamp', `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`],
    ['X-Webhook-Attempt', String(input.attemptNumber)],
    ['X-Webhook-Event-Age', String(Math.floor(eventAgeMs(input.eventCreatedAt, atMs) / 1000))],
  );
  if (input.resend) headers.push(['X-Webhook-Resend', '1']);
  headers.push(['webhook-id', id], ['webhook-timestamp', String(seconds)]);
  if (signer) headers.push(['webhook-signature', signer.standard(id, seconds, body)]);
  return headers;
}

/**
 * The same headers with `***` in place of the webhook's own values, as records and pages show them.
 * @param ownNames names of the webhook's own headers, in any letter case
 */
export function maskedHeaders(
  headers: readonly (readonly [name: string, value: string])[],
  ownNames: readonly string[],
): [name: string, value: string][] {
  const own = new Set(ownNames.map((name) => name.toLowerCase()));
  return headers.map(([name, value]) => {
    const masked = own.has(name.toLowerCase()) && !RESERVED.test(name);
    return [name, masked ? '***' : value];
  });
}
