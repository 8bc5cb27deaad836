/** What lists must give, computed from each event as it is shown by itself. */
import type { DeliveryFilter, DeliveryRow, EventFilter, EventListRow, EventRow, Store } from '../store.js';

export type { DeliveryFilter };

export interface Model {
  events: EventRow[];
}

export async function readModel(store: Store, lastEvent: number): Promise<Model> {
  const events: EventRow[] = [];
  for (let id = 1; id <= lastEvent; id++) {
    const stored = await store.listings.event(id);
    if (stored) events.push(stored);
  }
  return { events };
}

function within<T>(values: readonly T[] | null, value: T): boolean {
  return values === null || values.includes(value);
}

function rowsOf(event: EventRow, filter: DeliveryFilter): DeliveryRow[] {
  const { acceptedAt } = event;
  const here =
    within(filter.eventTypes, event.eventType) &&
    within(filter.sources, event.source) &&
    within(filter.eventIds, event.eventId) &&
    acceptedAt >= (filter.from ?? 0) &&
    acceptedAt <= (filter.to ?? Number.MAX_SAFE_INTEGER);
  if (!here) return [];
  return event.deliveries
    .map(({ attemptLog: _, ...row }) => row)
    .filter(
      (row) =>
        within(filter.webhookUids, row.webhookUid) &&
        within(filter.statuses, row.held ? ('held' as const) : row.state),
    );
}

export function deliveriesIn({ events }: Model, filter: DeliveryFilter): DeliveryRow[] {
  return events.flatMap((event) => rowsOf(event, filter));
}

export function byUid(rows: readonly DeliveryRow[], asc: boolean): DeliveryRow[] {
  const sorted = [...rows].sort((a, b) => a.uid - b.uid);
  return asc ? sorted : sorted.reverse();
}

export function byDue(rows: readonly DeliveryRow[], asc: boolean): DeliveryRow[] {
  const sorted = [...rows].sort((a, b) => (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0) || a.uid - b.uid);
  return asc ? sorted : sorted.reverse();
}

/** By id. Tests of webhooks are no events. */
export function eventsIn({ events }: Model, filter: EventFilter): EventListRow[] {
  const byDelivery = filter.webhookUids !== null || filter.statuses !== null;
  const anyDelivery = { ...filter, webhookUids: null, statuses: null };
  return events
    .filter((event) => !event.deliveries.some(({ test }) => test))
    .filter((event) => {
      if (byDelivery) return !filter.unmatched && rowsOf(event, filter).length > 0;
      if (filter.unmatched && event.deliveries.length > 0) return false;
      // An event without deliveries is judged by itself.
      const stand = {
        ...event,
        deliveries: [{ attemptLog: [] } as unknown as EventRow['deliveries'][number]],
      };
      return rowsOf(stand, anyDelivery).length > 0;
    })
    .map(({ deliveries, ...event }) => ({ ...event, fanout: deliveries.length }));
}
