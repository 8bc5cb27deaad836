/**
 * What a request is made of, as text that is kept: which headers it has, in which order, with which values. Settings and
 * releases change it, so each attempt names the one that it was sent by, and is shown by that for ever. What differs
 * from one attempt to the next is in it by name. What a name means must never change, since old forms have it: where
 * another value is to be sent, it gets another name.
 */
import { hash } from 'node:crypto';
import { isJsonObject } from './json.js';

export const VARIABLES = [
  /** Bytes of the body. */
  'length',
  /** `X-Webhook-Signature` over the body; none without a secret. */
  'panel-signature',
  /** When the attempt began, e.g. `2025-04-29T20:39:14Z`. */
  'utc',
  /** Counts from 1. */
  'attempt',
  /** Whole seconds from the event's `created_at` to the attempt's beginning; 0 where that lies before. */
  'age',
  /** `1` in a run that a resend started; none in any other. */
  'resend',
  /** `messageIdOf` the delivery. */
  'id',
  /** Whole seconds since 1970: when the attempt began. */
  'seconds',
  /** `webhook-signature` over `id`, `seconds` and the body; none without a secret. */
  'standard-signature',
] as const;
export type Variable = (typeof VARIABLES)[number];

/**
 * A header whose value stands there, or is one of the variables: without a value the header is left out. `own`: the
 * webhook's own headers, but for `webhook-*` and `x-webhook-*`.
 */
export type FormPart = readonly [name: string, value: string | { readonly is: Variable }] | 'own';
export type RequestForm = readonly FormPart[];

/** How this release asks, with these settings. */
export function requestForm(userAgent: string): RequestForm {
  return [
    ['Content-Type', 'application/json'],
    ['User-Agent', userAgent],
    'own',
    ['X-Webhook-Signature', { is: 'panel-signature' }],
    ['X-Webhook-Timestamp', { is: 'utc' }],
    ['X-Webhook-Attempt', { is: 'attempt' }],
    ['X-Webhook-Event-Age', { is: 'age' }],
    ['X-Webhook-Resend', { is: 'resend' }],
    ['webhook-id', { is: 'id' }],
    ['webhook-timestamp', { is: 'seconds' }],
    ['webhook-signature', { is: 'standard-signature' }],
    // Where and how the HTTP client writes it, wherever it is given.
    ['content-length', { is: 'length' }],
  ];
}

export function formText(form: RequestForm): string {
  return JSON.stringify(form);
}

/** null: a newer release wrote it, and this one does not know all of it. */
export function parseForm(text: string): RequestForm | null {
  const parts: unknown = JSON.parse(text);
  return Array.isArray(parts) && parts.every(isPart) ? parts : null;
}

function isPart(part: unknown): part is FormPart {
  if (part === 'own') return true;
  if (!Array.isArray(part) || part.length !== 2 || typeof part[0] !== 'string') return false;
  const value: unknown = part[1];
  return typeof value === 'string' || (isJsonObject(value) && VARIABLES.some((name) => name === value['is']));
}

/**
 * The number by which attempts name a form: 31 bits of its hash, since a counter that went back with a failover would
 * give the number of one form to another. Where two forms meet in one, the second takes the next that is free.
 */
export function formNumber(text: string): number {
  return Number.parseInt(hash('sha256', text).slice(0, 8), 16) >>> 1;
}

export function nextFormNumber(number: number): number {
  return (number + 1) % 2 ** 31;
}
