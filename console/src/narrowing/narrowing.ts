import type { DeliveryStatus, EventType } from '@latchhook/sdk/client';
import { STATUSES } from '../deliveries/delivery-status.js';

/** What a list is narrowed to, as its address has it. All are combined; empty: any. */
export interface Narrowing {
  webhook: number[];
  type: string[];
  status: DeliveryStatus[];
  source: string[];
  event: number[];
  /** Back from now; in place of `from` and `to`. */
  period: Period | null;
  /** ms, both inclusive */
  from: number | null;
  to: number | null;
  /** Events that no webhook wanted. */
  unmatched: boolean;
}

export const PERIODS = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 604_800_000,
  '30d': 2_592_000_000,
} as const;
export type Period = keyof typeof PERIODS;

/** What the API is asked; the time of a period begins when it is asked. */
export interface ApiNarrowing {
  webhook_uid?: number[];
  event_type?: EventType[];
  status?: DeliveryStatus[];
  source?: string[];
  event_id?: number[];
  from?: number;
  to?: number;
}

/** Whatever the address says that cannot be is left out. */
export function readNarrowing(params: URLSearchParams): Narrowing {
  const from = instant(params.get('from'));
  const to = instant(params.get('to'));
  const period = params.get('period');
  return {
    webhook: uids(params.getAll('webhook')),
    type: params.getAll('type').filter((type) => /^log\.\w+$/.test(type)),
    status: STATUSES.filter((status) => params.getAll('status').includes(status)),
    source: [...new Set(params.getAll('source').filter((source) => source !== ''))],
    event: uids(params.getAll('event')),
    period: isPeriod(period) ? period : null,
    from,
    to: from !== null && to !== null && to <= from ? null : to,
    unmatched: params.get('state') === 'unmatched',
  };
}

export function writeNarrowing(narrowing: Narrowing): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of ['webhook', 'type', 'status', 'source', 'event'] as const) {
    for (const value of narrowing[name]) params.append(name, String(value));
  }
  for (const name of ['period', 'from', 'to'] as const) {
    const value = narrowing[name];
    if (value !== null) params.set(name, String(value));
  }
  if (narrowing.unmatched) params.set('state', 'unmatched');
  return params;
}

export function apiNarrowing(narrowing: Narrowing, now: number): ApiNarrowing {
  const { webhook, type, status, source, event, period } = narrowing;
  const from = period === null ? narrowing.from : now - PERIODS[period];
  const to = period === null ? narrowing.to : null;
  return {
    ...(webhook.length > 0 ? { webhook_uid: webhook } : {}),
    ...(type.length > 0 ? { event_type: type as EventType[] } : {}),
    ...(status.length > 0 ? { status } : {}),
    ...(source.length > 0 ? { source } : {}),
    ...(event.length > 0 ? { event_id: event } : {}),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}

/** How many of its parts narrow anything. */
export function countNarrowed({ from, to, unmatched, period, ...lists }: Narrowing): number {
  const narrowed = Object.values(lists).filter(({ length }) => length > 0).length;
  return narrowed + (from !== null || to !== null || period !== null ? 1 : 0) + (unmatched ? 1 : 0);
}

function uids(values: readonly string[]): number[] {
  return [...new Set(values.map(readUid).filter((uid) => uid !== null))];
}

export function readUid(value: string): number | null {
  return /^[1-9]\d{0,15}$/.test(value) && Number.isSafeInteger(Number(value)) ? Number(value) : null;
}

/** As milliseconds alone: the API takes small numbers for seconds. */
function instant(value: string | null): number | null {
  return value !== null && /^\d{12,15}$/.test(value) ? Number(value) : null;
}

function isPeriod(value: string | null): value is Period {
  return value !== null && Object.hasOwn(PERIODS, value);
}
