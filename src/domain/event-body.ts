import type { StoredEvent } from './event.js';

/**
 * The body of every attempt: compact JSON, members in the order of the panels, `data` to the letter as it
 * came in. Event types need no escapes: they are out of a closed set.
 */
export function eventBody(event: StoredEvent): string {
  const { data, createdAt, eventId, eventType } = event;
  return `{"data":${data},"created_at":${createdAt},"event_id":${eventId},"event_type":"${eventType}"}`;
}
