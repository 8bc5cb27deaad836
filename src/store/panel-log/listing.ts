import { eventTypeCode, eventTypeName } from '../../domain/event-types.js';
import type { LogStep } from '../../domain/log-mark.js';
import type { Asking } from '../asking.js';
import { askAll, type Rows } from '../listing/dialect.js';
import type { LogRequest, StoredEvent } from '../store.js';
import { ALL_TYPES, type LogEntry } from './entries.js';
import { readLogPage } from './pages.js';
import { type LogPlace, readPlace } from './readers.js';

const EVENTS = `
  SELECT id AS "eventId", event_type AS "eventType", created_at AS "createdAt", data FROM event WHERE `;

type EventRow = Omit<StoredEvent, 'eventType'> & { eventType: number };

export interface ListedLog {
  total: number;
  rows: StoredEvent[];
  /** The account's place before this listing. */
  place: LogPlace;
  /** What this listing shows it; null: nothing. */
  step: LogStep | null;
}

/**
 * A page of the log as one account sees it; used within one snapshot.
 * @param through as of a page (`pages.ts`)
 */
export function* listLog(rows: Rows, request: LogRequest, through: number | null): Asking<ListedLog> {
  const { account, eventTypes } = request;
  const place = yield* readPlace(rows, account);
  const { total, entries, horizon } = yield* readLogPage(rows, {
    ...request,
    mark: place.cleared,
    hidden: place.hidden,
    types: eventTypes === null ? ALL_TYPES : bits(eventTypes),
    through,
  });
  const newest = request.asc ? entries.at(-1) : entries[0];
  const step = newest ? { createdAt: newest.createdAt, eventId: newest.eventId, horizon } : null;
  return { total, rows: yield* read(rows, entries), place, step };
}

function* read(rows: Rows, entries: readonly LogEntry[]): Asking<StoredEvent[]> {
  if (entries.length === 0) return [];
  const ids = entries.map(({ eventId }) => eventId);
  const found = yield* askAll<EventRow>(rows, EVENTS + rows.dialect.within('id', 'ids'), { ids });
  const byId = new Map(found.map((row) => [row.eventId, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw new Error('the log names events that are not there');
    return { ...row, eventType: eventTypeName(row.eventType) };
  });
}

function bits(eventTypes: readonly string[]): number {
  let types = 0;
  for (const name of new Set(eventTypes)) {
    const code = eventTypeCode(name);
    if (code !== undefined) types += 2 ** code;
  }
  return types;
}
