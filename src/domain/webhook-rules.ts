import { type ErrorCode, Refusal } from './errors.js';
import { eventTypeCode } from './event-types.js';
import { FORBIDDEN_HEADERS } from './forbidden-headers.js';
import { isJsonObject, type MemberSource, membersOf } from './json.js';
import { hasLength, type Member, readShape, type Shaped } from './shape.js';
import { secretFault } from './signature.js';
import { parseUrl } from './url.js';
import type { HeldChoice, WebhookSpec } from './webhook.js';

/** The entity's members in the order of the contract's table, which is the order of all checks. */
const MEMBERS = {
  url: { kind: 'string', required: true },
  status: { kind: 'string', required: true },
  event_types: { kind: 'strings', required: true },
  max_retries: { kind: 'int32', required: true },
  secret: { kind: 'string', required: false },
  timeout: { kind: 'int32', required: false },
  headers: { kind: 'string', required: false },
  description: { kind: 'string', required: false },
  ordered: { kind: 'boolean', required: false },
  rate_limit: { kind: 'int32', required: false },
  max_age: { kind: 'int32', required: false },
} as const satisfies Record<string, Member>;

/** Of a replacement; it is not kept. */
const REPLACED = { ...MEMBERS, held: { kind: 'string', required: false } } as const;

/** Characters, but `maxRetries` (retries), `timeout` (ms), `rateLimit` (a second) and `maxAge` (seconds). */
export const WEBHOOK_LIMITS = {
  url: { min: 4, max: 2000 },
  maxRetries: { min: 1, max: 5 },
  secret: { min: 16, max: 128 },
  timeout: { min: 1000, max: 30_000 },
  headers: { min: 0, max: 8192 },
  description: { min: 0, max: 1000 },
  rateLimit: { min: 1, max: 10_000 },
  maxAge: { min: 1, max: 31_536_000 },
} as const;

/**
 * What a client's JSON asks for. Not judged here: whether the address is allowed, and whether another
 * webhook has the same URL.
 * @param stored the webhook that is replaced: an optional member that is left out keeps its value;
 *   null when one is created
 * @throws Refusal with the code of the first rule that is broken
 */
export function readWebhook(json: unknown, stored: WebhookSpec | null): WebhookSpec {
  return judged(readShape(json, MEMBERS), stored);
}

/** As `readWebhook`, with what enabling it is to do with what was held. */
export function readReplacement(json: unknown, stored: WebhookSpec): { spec: WebhookSpec; held: HeldChoice } {
  const given = readShape(json, REPLACED);
  const spec = judged(given, stored);
  const held = given.held ?? 'release';
  if (held !== 'release' && held !== 'expire') throw new Refusal('invalid-held');
  return { spec, held };
}

function judged(given: Shaped<typeof MEMBERS>, stored: WebhookSpec | null): WebhookSpec {
  const { url, status, max_retries: maxRetries } = given;

  refuseUnless(isWebhookUrl(url), 'invalid-url');
  if (status !== 'active' && status !== 'disabled') throw new Refusal('invalid-status');
  const eventTypes = [...new Set(given.event_types)];
  refuseUnless(
    eventTypes.length > 0 && eventTypes.every((type) => eventTypeCode(type) !== undefined),
    'invalid-event-types',
  );
  refuseUnless(isWithin(maxRetries, WEBHOOK_LIMITS.maxRetries), 'invalid-max-retries');

  const secret = given.secret === undefined ? (stored?.secret ?? null) : given.secret;
  if (secret !== null) checkSecret(secret, stored);
  const timeout = given.timeout === undefined ? (stored?.timeout ?? null) : given.timeout;
  refuseUnless(timeout === null || isWithin(timeout, WEBHOOK_LIMITS.timeout), 'invalid-timeout');
  const headers = given.headers === undefined ? (stored?.headers ?? null) : given.headers || null;
  if (headers !== null) checkHeaders(headers);
  const description =
    given.description === undefined ? (stored?.description ?? null) : given.description || null;
  refuseUnless(
    description === null || isLong(description, WEBHOOK_LIMITS.description),
    'description-too-long',
  );

  const ordered = (given.ordered === undefined ? stored?.ordered : given.ordered) ?? false;
  const rateLimit = given.rate_limit === undefined ? (stored?.rateLimit ?? null) : given.rate_limit;
  refuseUnless(rateLimit === null || isWithin(rateLimit, WEBHOOK_LIMITS.rateLimit), 'invalid-rate-limit');
  const maxAge = given.max_age === undefined ? (stored?.maxAge ?? null) : given.max_age;
  refuseUnless(maxAge === null || isWithin(maxAge, WEBHOOK_LIMITS.maxAge), 'invalid-max-age');

  return {
    url,
    status,
    eventTypes,
    maxRetries,
    secret,
    timeout,
    headers,
    description,
    ordered,
    rateLimit,
    maxAge,
  };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

const isWithin = (value: number, { min, max }: Range) => value >= min && value <= max;
const isLong = (text: string, { min, max }: Range) => hasLength(text, min, max);

function refuseUnless(holds: boolean, code: ErrorCode): void {
  if (!holds) throw new Refusal(code);
}

const SECRET_FAULTS = {
  encoding: 'invalid-secret-encoding',
  'white-space': 'secret-with-white-space',
} as const;

/** One that is stored may be older than these rules: changing something else does not need another. */
function checkSecret(secret: string, stored: WebhookSpec | null): void {
  refuseUnless(isLong(secret, WEBHOOK_LIMITS.secret), 'invalid-secret');
  const fault = secret === stored?.secret ? null : secretFault(secret);
  if (fault) throw new Refusal(SECRET_FAULTS[fault]);
}

/** Scheme and authority as a WHATWG parser finds them: it takes any number of slashes. */
const HTTP_URL = /^https?:\/\/+([^/?#]*)/i;

function isWebhookUrl(url: string): boolean {
  if (!isLong(url, WEBHOOK_LIMITS.url) || /[\s\p{Control}\\]/u.test(url)) return false;
  const authority = HTTP_URL.exec(url)?.[1];
  return authority !== undefined && !authority.includes('@') && parseUrl(url) !== null;
}

/** What makes two URLs the same: the WHATWG form without its fragment. `url` must be valid. */
export function urlKey(url: string): string {
  const parsed = new URL(url);
  parsed.hash = '';
  return parsed.href;
}

/** A token of RFC 7230. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

function checkHeaders(text: string): void {
  refuseUnless(isLong(text, WEBHOOK_LIMITS.headers), 'headers-too-long');
  let json: unknown;
  let members: MemberSource[];
  try {
    json = JSON.parse(text);
    // From the text and not from the object, which has no two members of one name.
    members = membersOf(text);
  } catch (cause) {
    throw new Refusal('invalid-headers', '', { cause });
  }
  refuseUnless(isJsonObject(json), 'invalid-headers');

  const names = new Set<string>();
  for (const { name: given } of members) {
    const name = given.toLowerCase();
    refuseUnless(
      HEADER_NAME.test(given) && !FORBIDDEN_HEADERS.has(name) && !names.has(name),
      'invalid-header-name',
    );
    names.add(name);
  }
  for (const { source } of members) {
    const value: unknown = JSON.parse(source);
    refuseUnless(typeof value === 'string' && HEADER_VALUE.test(value), 'invalid-header-value');
  }
}

/** The headers of a webhook in the order of their text, which `readWebhook` has accepted. */
export function ownHeaders(headersText: string | null): [name: string, value: string][] {
  if (headersText === null) return [];
  return membersOf(headersText).map(({ name, source }) => [name, String(JSON.parse(source))]);
}
