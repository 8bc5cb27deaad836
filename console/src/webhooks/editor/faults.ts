import { BODY_RULES } from '@latchhook/sdk/client';
import { type Draft, type Field, headersText } from './draft.js';

const RULES = BODY_RULES.WebhookBody;
const HEADERS = RULES.headers.contentSchema;
const URL_FORM = new RegExp(RULES.url.pattern, 'u');
const NAME_FORM = new RegExp(HEADERS.propertyNames.pattern);
const VALUE_FORM = new RegExp(HEADERS.additionalProperties.pattern);
const FORBIDDEN: ReadonlySet<string> = new Set(HEADERS.propertyNames.not.enum);

/** What the rules of the API's document say against a field; its text is a matter of language. */
export type Fault =
  | { kind: 'needed' | 'url' | 'events' | 'headers' | 'secretSpace' | 'secretEncoding' }
  | { kind: 'length' | 'range'; min: number; max: number }
  | { kind: 'headersLength'; max: number };

export type HeaderFault = 'name' | 'forbidden' | 'twice' | 'value' | null;

/** The limits that the fields show. */
export const LIMITS = RULES;

/**
 * `whsec_` and 16 bytes or more in canonical base64, as Standard Webhooks writes secrets. What is more than 96 is too
 * long as a text already.
 */
const ENCODED_SECRET =
  /^whsec_(?:[A-Za-z0-9+/]{4}){5,}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)$/;

/** @param before as it is stored; null: it is new */
export function faultsOf(draft: Draft, before: Draft | null): Partial<Record<Field, Fault>> {
  const found: Partial<Record<Field, Fault | null>> = {
    url: textFault(draft.url, RULES.url) ?? (URL_FORM.test(draft.url) ? null : { kind: 'url' }),
    event_types: draft.event_types.length < RULES.event_types.minItems ? { kind: 'events' } : null,
    max_retries: numberFault(draft.max_retries, RULES.max_retries),
    secret: draft.secret === before?.secret ? null : secretFault(draft.secret),
    timeout: numberFault(draft.timeout, RULES.timeout),
    description: textFault(draft.description, { ...RULES.description, minLength: 0 }),
    rate_limit: numberFault(draft.rate_limit, RULES.rate_limit),
    max_age: numberFault(draft.max_age, RULES.max_age),
    headers: headersFault(draft.headers),
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== null)) as Partial<
    Record<Field, Fault>
  >;
}

/** What is wrong with one of the headers. */
export function headerFault(rows: Draft['headers'], index: number): HeaderFault {
  const row = rows[index];
  if (!row) return null;
  const name = row.name.toLowerCase();
  if (!NAME_FORM.test(row.name)) return 'name';
  if (FORBIDDEN.has(name)) return 'forbidden';
  if (rows.some((other, at) => at < index && other.name.toLowerCase() === name)) return 'twice';
  return VALUE_FORM.test(row.value) ? null : 'value';
}

function headersFault(rows: Draft['headers']): Fault | null {
  const max = RULES.headers.maxLength;
  if (length(headersText(rows)) > max) return { kind: 'headersLength', max };
  return rows.some((_, index) => headerFault(rows, index) !== null) ? { kind: 'headers' } : null;
}

function secretFault(secret: string): Fault | null {
  const fault = textFault(secret, RULES.secret);
  if (fault) return fault;
  if (secret.trim() !== secret) return { kind: 'secretSpace' };
  return secret.startsWith('whsec_') && !ENCODED_SECRET.test(secret) ? { kind: 'secretEncoding' } : null;
}

function textFault(
  text: string,
  { required, minLength: min, maxLength: max }: { required: boolean; minLength: number; maxLength: number },
): Fault | null {
  if (text === '') return required ? { kind: 'needed' } : null;
  return length(text) < min || length(text) > max ? { kind: 'length', min, max } : null;
}

function numberFault(
  value: number | '',
  { required, minimum: min, maximum: max }: { required: boolean; minimum: number; maximum: number },
): Fault | null {
  if (value === '') return required ? { kind: 'needed' } : null;
  return Number.isInteger(value) && value >= min && value <= max ? null : { kind: 'range', min, max };
}

/** In code points, as the API counts. */
function length(text: string): number {
  return [...text].length;
}
