import { LatchhookError } from '@latchhook/sdk/client';
import type { Field } from './draft.js';

/** How the texts of refusals begin, and the field that they are about. */
const FIELDS: readonly (readonly [begin: RegExp, field: Field])[] = [
  [/^(Invalid URL|URL address|Webhook with the same URL)/, 'url'],
  [/^Status/, 'status'],
  [/^Invalid event types/, 'event_types'],
  [/^Max retries/, 'max_retries'],
  [/^Secret/, 'secret'],
  [/^Timeout/, 'timeout'],
  [/^(Invalid header|Headers)/, 'headers'],
  [/^Description/, 'description'],
  [/^Rate limit/, 'rate_limit'],
  [/^Max age/, 'max_age'],
];

/** What the server refuses and no rule of the document says, at its field; `field` null: at none of them. */
export function serverFault(error: Error | null): { field: Field | null; text: string } | null {
  if (!(error instanceof LatchhookError) || error.status !== 400) return null;
  const { text } = error;
  return { field: FIELDS.find(([begin]) => begin.test(text))?.[1] ?? null, text };
}
