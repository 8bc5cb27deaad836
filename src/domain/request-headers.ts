import { eventAgeMs } from './freshness.js';
import type { RequestForm, Variable } from './request-form.js';
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
}

/** Names that are always ours; own headers of such a name are stored and never sent. */
const RESERVED = /^(?:x-)?webhook-/i;

/**
 * The headers of one attempt, all but `Host` and `Connection`, which go with the connection. The same form and input
 * give the same headers, to send and to show.
 */
export function requestHeaders(
  form: RequestForm,
  input: RequestHeadersInput,
): [name: string, value: string][] {
  const headers: [string, string][] = [];
  for (const part of form) {
    if (part === 'own') {
      for (const [name, value] of input.ownHeaders) if (!RESERVED.test(name)) headers.push([name, value]);
      continue;
    }
    const [name, value] = part;
    const sent = typeof value === 'string' ? value : sentValue(value.is, input);
    if (sent !== null) headers.push([name, sent]);
  }
  return headers;
}

function sentValue(variable: Variable, input: RequestHeadersInput): string | null {
  const { signer, body, atMs, messageId } = input;
  const seconds = Math.floor(atMs / 1000);
  switch (variable) {
    case 'length':
      return String(body.byteLength);
    case 'panel-signature':
      return signer?.panel(body) ?? null;
    case 'utc':
      return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
    case 'attempt':
      return String(input.attemptNumber);
    case 'age':
      return String(Math.floor(eventAgeMs(input.eventCreatedAt, atMs) / 1000));
    case 'resend':
      return input.resend ? '1' : null;
    case 'id':
      return messageId;
    case 'seconds':
      return String(seconds);
    case 'standard-signature':
      return signer?.standard(messageId, seconds, body) ?? null;
  }
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
