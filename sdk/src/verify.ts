/** Verifies webhooks with what every web platform has: no import of any platform, no dependency. */
import { WebhookHeaderError, WebhookSignatureError, WebhookTimestampError } from './errors.js';
import { parseEvent, type WebhookEvent } from './event.js';
import { type HeaderValues, headerValues, neededValue, oneValue, type WebhookHeaders } from './headers.js';
import { checkedSecrets, importKeys, type Keys } from './secret.js';
import { anyFits, panelMac, standardMacs } from './signature.js';

export * from './errors.js';
export type { EventBody, WebhookEvent } from './event.js';
export { EVENT_TYPES, type EventType } from './event-types.js';
export type { WebhookHeaders } from './headers.js';

/** The bytes as they came. A string is taken as the UTF-8 that it stands for. */
export type WebhookBody = Uint8Array | ArrayBuffer | string;

export interface VerifyOptions {
  /** s that an attempt may lie in the past or the future; default 300. `Infinity`: any time. */
  toleranceSeconds?: number;
  /** ms since 1970; default `Date.now`. What it gives must be a finite number: with any other no age is too great. */
  now?: () => number;
  /**
   * Which signature a request needs:
   * - `standard` (default): `webhook-signature`, which covers body, `webhook-id` and time.
   * - `panel`: `X-Webhook-Signature`, which panels send themselves. It covers the body alone: whoever has
   *   seen one request can send it again at any time.
   * - `any`: `standard` where `webhook-signature` is there, else `panel`. A sender can leave a header out,
   *   so this protects no better than `panel`.
   */
  require?: 'standard' | 'panel' | 'any';
}

/** @throws as `verify` does */
export type Verifier = (body: WebhookBody, headers: WebhookHeaders) => Promise<WebhookEvent>;

/**
 * Resolves with the event when its signature is right and its time is near.
 * @param headers names in any letter case
 * @param secret the webhook's secret; several while one is being replaced: any of them may fit
 * @throws WebhookVerificationError for a request that is not to be believed, with a `code`
 * @throws TypeError for a mistake of the caller: no secret, a body that was parsed already
 */
export async function verify(
  body: WebhookBody,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  options: VerifyOptions = {},
): Promise<WebhookEvent> {
  return verifier(secret, options)(body, headers);
}

/**
 * The same for many requests: prepares the secrets once.
 * @throws TypeError at once for no secret or an impossible option
 */
export function verifier(secret: string | readonly string[], options: VerifyOptions = {}): Verifier {
  const secrets = checkedSecrets(secret);
  const { toleranceSeconds = 300, now = Date.now, require = 'standard' } = options;
  if (typeof toleranceSeconds !== 'number' || !(toleranceSeconds >= 0)) {
    throw new TypeError('toleranceSeconds must be a number from 0');
  }
  if (typeof now !== 'function') throw new TypeError('now must be a function');
  if (!['standard', 'panel', 'any'].includes(require)) {
    throw new TypeError("require must be 'standard', 'panel' or 'any'");
  }
  let imported: Promise<Keys[]> | undefined;
  return async (body, headers) => {
    const bytes = bytesOfBody(body);
    const values = headerValues(headers);
    imported ??= Promise.all(secrets.map(importKeys));
    const keys = await imported;
    const standard = require === 'standard' || (require === 'any' && values.has('webhook-signature'));
    const signed = standard
      ? await checkStandard(bytes, values, keys)
      : await checkPanel(bytes, values, keys);
    // Only what is rightly signed is worth the words "too old".
    if (signed.timestamp !== null) checkAge(signed.timestamp, timeBy(now), toleranceSeconds);
    const attempt = oneValue(values, 'x-webhook-attempt', /^\d{1,9}$/);
    return { ...parseEvent(bytes), ...signed, attempt: attempt === null ? null : Number(attempt) };
  };
}

type Signed = Pick<WebhookEvent, 'id' | 'timestamp' | 'signedBy'>;

async function checkStandard(
  body: Uint8Array<ArrayBuffer>,
  values: HeaderValues,
  keys: readonly Keys[],
): Promise<Signed> {
  const signatures = values.get('webhook-signature');
  if (!signatures) throw new WebhookHeaderError('missing-header', 'webhook-signature');
  // No dot, since dots part what is signed: `id.timestamp.body`.
  const id = neededValue(values, 'webhook-id', /^[^\s.,]+$/);
  const timestamp = neededValue(values, 'webhook-timestamp', /^\d{1,12}$/);
  const prefix = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  const fits = await anyFits(
    keys.map((key) => key.standard),
    standardMacs(signatures),
    signed,
  );
  if (!fits) throw new WebhookSignatureError('webhook-signature');
  return { id, timestamp: Number(timestamp), signedBy: 'standard' };
}

async function checkPanel(
  body: Uint8Array<ArrayBuffer>,
  values: HeaderValues,
  keys: readonly Keys[],
): Promise<Signed> {
  const signature = neededValue(values, 'x-webhook-signature', /^[0-9a-f]{64}$/i);
  const fits = await anyFits(
    keys.map((key) => key.panel),
    [panelMac(signature)],
    body,
  );
  if (!fits) throw new WebhookSignatureError('x-webhook-signature');
  return { id: null, timestamp: panelTimestamp(values), signedBy: 'panel' };
}

/** s since 1970; null when it was not sent */
function panelTimestamp(values: HeaderValues): number | null {
  const spelled = oneValue(values, 'x-webhook-timestamp', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  if (spelled === null) return null;
  const ms = Date.parse(spelled);
  if (Number.isNaN(ms)) throw new WebhookHeaderError('malformed-header', 'x-webhook-timestamp');
  return ms / 1000;
}

/** The type alone does not hold: receivers are written in JavaScript, too. */
function timeBy(now: () => unknown): number {
  const ms = now();
  if (typeof ms === 'number' && Number.isFinite(ms)) return ms;
  throw new TypeError('now must return ms since 1970 as a finite number');
}

function checkAge(timestamp: number, nowMs: number, toleranceSeconds: number): void {
  const age = Math.floor(nowMs / 1000) - timestamp;
  if (Math.abs(age) > toleranceSeconds) throw new WebhookTimestampError(age, toleranceSeconds);
}

/** A copy, which nobody changes between the check and the parsing. */
function bytesOfBody(body: WebhookBody): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  // No `instanceof`: bytes may come from another realm.
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(new Uint8Array(body.buffer, body.byteOffset, body.byteLength));
  }
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body.slice(0));
  throw new TypeError('the body must be the bytes as they came, not what a parser made of them');
}
