import type { EndState } from '../domain/delivery.js';
import type { Job, JobState } from './store.js';

export interface JobRow {
  uid: number;
  state: JobState;
  mode: Job['mode'];
  webhook_uid: number;
  statuses: string;
  event_types: string | null;
  sources: string | null;
  from_at: number | null;
  to_at: number | null;
  passed_uid: number;
  last_uid: number;
  total: number;
  done: number;
  skipped: number;
  owner: number;
  started_at: number;
  ended_at: number | null;
  started_by: string;
}

const names = (json: string | null) => (json === null ? null : (JSON.parse(json) as string[]));

export function toJob(row: JobRow): Job {
  return {
    uid: row.uid,
    state: row.state,
    mode: row.mode,
    webhookUid: row.webhook_uid,
    statuses: JSON.parse(row.statuses) as EndState[],
    eventTypes: names(row.event_types),
    sources: names(row.sources),
    from: row.from_at,
    to: row.to_at,
    total: row.total,
    done: row.done,
    skipped: row.skipped,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    startedBy: row.started_by,
  };
}
