// Generated from docs/openapi.json by `npm run openapi`.

import type { DeliveryStatus, EventType } from './schemas.js';

export interface LogInAsPanelQuery {
  username: string;
  /** MD5 of the password in hex, in any letter case. */
  password: string;
}

export interface ListWebhooksQuery {
  /** 10, 20, 30 or 50 items a page; together with `cursor` any number from 1 to 200. */
  limit?: number;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Walks the list without counting it: empty for the first page, then `next_cursor` of the page before. */
  cursor?: string;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'status' | 'event_type';
  /** Needed with `filter_field`. `status`: active, disabled; `event_type`: one of `log.access_denied_by_not_valid_identifier`, …. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Any of these; may be repeated, and combined with other filters. */
  webhook_uid?: number[];
  /** Any of these; may be repeated, and combined with other filters. */
  status?: ('active' | 'disabled')[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_type?: EventType[];
  /** Any of these texts in URL or description; may be repeated, and combined with other filters. */
  q?: string[];
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?:
    | 'item_uid'
    | 'url'
    | 'status'
    | 'timeout'
    | 'description'
    | 'max_retries'
    | 'disabled_reason'
    | 'ordered'
    | 'rate_limit'
    | 'max_age'
    | 'health'
    | 'failing_since'
    | 'next_probe_at';
}

export interface ListDeliveriesQuery {
  /** 10, 20, 30 or 50 items a page; together with `cursor` any number from 1 to 200. */
  limit?: number;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Walks the list without counting it: empty for the first page, then `next_cursor` of the page before. */
  cursor?: string;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'event_type' | 'status' | 'webhook_uid';
  /** Needed with `filter_field`. `event_type`: one of `log.access_denied_by_not_valid_identifier`, …; `status`: pending, retrying, delivered, failed, cancelled, expired, held; `webhook_uid`: any. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Any of these; may be repeated, and combined with other filters. */
  webhook_uid?: number[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_type?: EventType[];
  /** Any of these; may be repeated, and combined with other filters. */
  status?: DeliveryStatus[];
  /** Any of these; may be repeated, and combined with other filters. */
  source?: string[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_id?: number[];
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface ListRetriesQuery {
  /** 10, 20, 30 or 50 items a page; together with `cursor` any number from 1 to 200. */
  limit?: number;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Walks the list without counting it: empty for the first page, then `next_cursor` of the page before. */
  cursor?: string;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'event_type' | 'status' | 'webhook_uid';
  /** Needed with `filter_field`. `event_type`: one of `log.access_denied_by_not_valid_identifier`, …; `status`: pending, retrying, delivered, failed, cancelled, expired, held; `webhook_uid`: any. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Any of these; may be repeated, and combined with other filters. */
  webhook_uid?: number[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_type?: EventType[];
  /** Any of these; may be repeated, and combined with other filters. */
  status?: DeliveryStatus[];
  /** Any of these; may be repeated, and combined with other filters. */
  source?: string[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_id?: number[];
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid' | 'next_attempt_at';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface GetDeliveryQuery {
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
}

export interface TestWebhookQuery {
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
}

export interface ResendDeliveryQuery {
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
}

export interface CancelDeliveryQuery {
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
}

export interface ListResendsQuery {
  /** Items a page. */
  limit?: 10 | 20 | 30 | 50;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'state';
  /** Needed with `filter_field`. `state`: running, done, cancelled. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid';
}

export interface GetDashboardQuery {
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'event_type';
  /** Needed with `filter_field`. `event_type`: one of `log.access_denied_by_not_valid_identifier`, …. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface AcceptEventsQuery {
  /** Whether an array is answered 202 though some of its events are refused. */
  partial?: 'true' | 'false';
}

export interface ListEventsQuery {
  /** 10, 20, 30 or 50 items a page; together with `cursor` any number from 1 to 200. */
  limit?: number;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Walks the list without counting it: empty for the first page, then `next_cursor` of the page before. */
  cursor?: string;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'event_type' | 'source' | 'state';
  /** Needed with `filter_field`. `event_type`: one of `log.access_denied_by_not_valid_identifier`, …; `source`: any; `state`: unmatched. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Any of these; may be repeated, and combined with other filters. */
  webhook_uid?: number[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_type?: EventType[];
  /** Any of these; may be repeated, and combined with other filters. */
  status?: DeliveryStatus[];
  /** Any of these; may be repeated, and combined with other filters. */
  source?: string[];
  /** Any of these; may be repeated, and combined with other filters. */
  event_id?: number[];
  /** Any of these; may be repeated, and combined with other filters. */
  state?: 'unmatched'[];
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'event_id';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface ListLogQuery {
  /** Items a page. */
  limit?: 10 | 20 | 30 | 50;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'category' | 'priority' | 'name';
  /** Needed with `filter_field`. `category`: access, info, system, emergency; `priority`: high, medium, low; `name`: one of `access_denied_by_not_valid_identifier`, …. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface ListUsersQuery {
  /** Items a page. */
  limit?: 10 | 20 | 30 | 50;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'account_type';
  /** Needed with `filter_field`. `account_type`: admin, user. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid';
}

export interface ListKeysQuery {
  /** Items a page. */
  limit?: 10 | 20 | 30 | 50;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'scope';
  /** Needed with `filter_field`. `scope`: events:write, read, admin. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid';
}

export interface ListAuditQuery {
  /** Items a page. */
  limit?: 10 | 20 | 30 | 50;
  /** Past the end the list is empty. */
  page_number?: number;
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
  /** Show only items whose member of this name is `filter_value`. */
  filter_field?: 'action' | 'actor_kind';
  /** Needed with `filter_field`. `action`: one of `webhook.created`, …; `actor_kind`: user, key, system, cli. */
  filter_value?: string;
  /** May be left out. */
  filter_type?: 'equal';
  /** May be left out. */
  filter_format?: 'string';
  /** Without any sort parameter the newest come first. */
  sort_type?: 'asc' | 'desc';
  sort_field?: 'item_uid';
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
}

export interface GetStatisticsQuery {
  /** ms since 1970, inclusive; below 10^11 it is seconds. Empty: not given. */
  from?: number | '';
  /** As `from`, and greater. */
  to?: number | '';
  /** ms, whole minutes: how long the time of a point is. When left out, so that there are up to 200; at most 2000. */
  step?: number | '';
  /** A series for each of these; one series over all when left out. */
  by?: 'webhook' | 'event_type' | '';
  /** Only what these are owed; may be repeated, up to 200 times. */
  webhook_uid?: number[];
}

export interface ListEventTypesQuery {
  /** Language of texts: en, es, ru, uk, pl, nl, tr, fr, da; any other is en. */
  locale?: string;
}
