import { type EndReason, OPEN_BELOW, STATES } from '../../domain/delivery.js';
import { eventTypeName } from '../../domain/event-types.js';
import type { DeliveryRow } from '../store.js';

/**
 * Of deliveries `d`; conditions follow. `current`: what the webhook says now, or said last; `used`: what the
 * last attempt went by. `CROSS JOIN` fixes the order in SQLite: with few webhooks its planner began with those,
 * and scanned.
 */
export const DELIVERY_ROW = `
  SELECT d.uid, d.webhook_uid, d.event_id, d.event_type, d.state, d.reason, d.attempts, d.run_base,
    d.due_at, d.accepted_at, d.last_attempt_at, d.response_status, d.test,
    CASE WHEN w.deleted_at IS NULL AND current.status = 'active' AND lane.health <> 'open' THEN 1 ELSE 0 END
      AS takes_attempts,
    coalesce(used.url, current.url) AS url,
    CASE WHEN d.state < 2 THEN current.max_retries ELSE coalesce(used.max_retries, current.max_retries) END
      AS max_retries
  FROM delivery d CROSS JOIN webhook w CROSS JOIN webhook_version current
  LEFT JOIN lane ON lane.webhook_uid = d.webhook_uid
  LEFT JOIN webhook_version used ON used.id = d.version_id
  WHERE w.uid = d.webhook_uid AND current.id = w.version_id AND `;

export interface DeliveryRecord {
  uid: number;
  webhook_uid: number;
  event_id: number;
  event_type: number;
  state: number;
  reason: EndReason | null;
  attempts: number;
  run_base: number;
  due_at: number;
  accepted_at: number;
  last_attempt_at: number | null;
  response_status: number | null;
  test: number;
  takes_attempts: number;
  url: string;
  max_retries: number;
}

export function toDeliveryRow(row: DeliveryRecord): DeliveryRow {
  const open = row.state < OPEN_BELOW;
  const test = row.test !== 0;
  // A test goes to a disabled webhook as well.
  const held = open && row.takes_attempts === 0 && !test;
  return {
    uid: row.uid,
    webhookUid: row.webhook_uid,
    url: row.url,
    eventId: row.event_id,
    eventType: eventTypeName(row.event_type),
    state: STATES[row.state] ?? 'pending',
    held,
    reason: row.reason,
    attempts: row.attempts,
    maxAttempts: row.run_base + 1 + (test ? 0 : row.max_retries),
    responseStatus: row.response_status,
    acceptedAt: row.accepted_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: open && !held ? row.due_at : null,
    test,
  };
}
