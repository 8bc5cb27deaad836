import type { EventType, WebhookBody, WebhookEntity } from '@latchhook/sdk/client';

/** A webhook as it stands in the fields of the dialog; an empty number is `''`. */
export interface Draft {
  url: string;
  status: 'active' | 'disabled';
  event_types: EventType[];
  max_retries: number | '';
  secret: string;
  timeout: number | '';
  /** `key` tells rows apart whatever is typed into them. */
  headers: { key: number; name: string; value: string }[];
  description: string;
  ordered: boolean;
  rate_limit: number | '';
  max_age: number | '';
}

export type Field = keyof Draft;

export const NEW_DRAFT: Draft = {
  url: '',
  status: 'active',
  event_types: [],
  max_retries: 5,
  secret: '',
  timeout: 10_000,
  headers: [],
  description: '',
  ordered: false,
  rate_limit: '',
  max_age: '',
};

export function draftOf(webhook: WebhookEntity): Draft {
  return {
    url: webhook.url,
    status: webhook.status,
    event_types: webhook.event_types,
    max_retries: webhook.max_retries,
    secret: webhook.secret ?? '',
    timeout: webhook.timeout,
    headers: headerRows(webhook.headers),
    description: webhook.description ?? '',
    ordered: webhook.ordered,
    rate_limit: webhook.rate_limit ?? '',
    max_age: webhook.max_age ?? '',
  };
}

/**
 * What is sent. An optional member that is as it was is left out, which keeps it: so a time limit that nobody
 * set stays the server's default.
 * @param before null: it is new
 */
export function bodyOf(draft: Draft, before: Draft | null): WebhookBody {
  const changed = <Name extends Field>(name: Name) =>
    before === null || JSON.stringify(before[name]) !== JSON.stringify(draft[name]);
  return {
    url: draft.url,
    status: draft.status,
    event_types: draft.event_types,
    max_retries: Number(draft.max_retries),
    ...(changed('secret') ? { secret: draft.secret === '' ? null : draft.secret } : {}),
    ...(changed('timeout') ? { timeout: draft.timeout === '' ? null : draft.timeout } : {}),
    ...(changed('headers') ? { headers: headersText(draft.headers) } : {}),
    ...(changed('description') ? { description: draft.description } : {}),
    ...(changed('ordered') ? { ordered: draft.ordered } : {}),
    ...(changed('rate_limit') ? { rate_limit: draft.rate_limit === '' ? null : draft.rate_limit } : {}),
    ...(changed('max_age') ? { max_age: draft.max_age === '' ? null : draft.max_age } : {}),
  };
}

/** By hand, since an object has each name once, and would put those that are numbers first. */
export function headersText(rows: Draft['headers']): string {
  if (rows.length === 0) return '';
  return `{${rows.map(({ name, value }) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

let rowsMade = 0;

export function headerRow(name = '', value = ''): Draft['headers'][number] {
  rowsMade += 1;
  return { key: rowsMade, name, value };
}

function headerRows(text: string | null): Draft['headers'] {
  if (text === null) return [];
  const headers: unknown = JSON.parse(text);
  return Object.entries(headers as Record<string, unknown>).map(([name, value]) =>
    headerRow(name, String(value)),
  );
}
