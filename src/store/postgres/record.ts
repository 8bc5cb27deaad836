import { SYSTEM } from '../../domain/actor.js';
import { webhookAudited } from '../../domain/audit.js';
import { type DeliveryState, OPEN_BELOW, STATE, STATES } from '../../domain/delivery.js';
import { dueAt, dueIn } from '../due.js';
import type { OutcomeRequest, OutcomeResult } from '../store.js';
import { ahead } from './ahead.js';
import { writeAudit } from './audit-trail.js';
import { changeHealth, healthOf, resetHealth } from './lane-health.js';
import { numbers, texts } from './literal.js';
import type { Transaction } from './transaction.js';
import type { Versions } from './versions.js';

/**
 * In the order of uids: whoever locks several rows does it in the same order. The bounds tell the planner which
 * partitions can be meant.
 */
const LOCK_ROWS = `
  SELECT d.uid, d.webhook_uid, d.event_type, d.state, d.owner, d.claim_no, d.accepted_at, d.due_at, d.test
  FROM delivery d WHERE d.uid = ANY($1::bigint[]) AND d.uid BETWEEN $2 AND $3
  ORDER BY d.uid FOR UPDATE`;
const INSERT_ATTEMPTS = `
  INSERT INTO attempt (delivery_uid, number, version_id, started_at, duration_ms, response_status,
    error_kind, error_message, response_headers, response_body, resend, resent, form_id)
  SELECT * FROM unnest($1::bigint[], $2::int[], $3::bigint[], $4::bigint[], $5::float8[], $6::int[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::int[], $12::int[], $13::int[])`;
const SET_OUTCOMES = `
  UPDATE delivery d SET state = o.state, reason = o.reason, attempts = o.attempts,
    run_base = d.run_base + o.more_base, owner = 0, due_at = o.due_at, last_attempt_at = o.last_attempt_at,
    ended_at = o.ended_at, response_status = o.response_status, version_id = o.version_id
  FROM unnest($1::bigint[], $2::int[], $3::text[], $4::int[], $5::int[], $6::bigint[], $7::bigint[], $8::bigint[],
      $9::int[], $10::bigint[])
    AS o (uid, state, reason, attempts, more_base, due_at, last_attempt_at, ended_at, response_status, version_id)
  WHERE d.uid = o.uid AND d.uid BETWEEN $11 AND $12`;
const SAME_ATTEMPT = `
  SELECT 1 AS same FROM attempt WHERE delivery_uid = $1 AND number = $2 AND version_id = $3 AND started_at = $4
    AND duration_ms = $5 AND response_status IS NOT DISTINCT FROM $6`;

interface DeliveryRow {
  uid: number;
  webhook_uid: number;
  event_type: number;
  state: number;
  owner: number;
  claim_no: number;
  accepted_at: number;
  due_at: number;
  test: number;
}

interface Next {
  state: DeliveryState;
  reason: string | null;
  delayMs: number | null;
}

/** An outcome of a row that session and claim still hold. */
interface Counted {
  row: DeliveryRow;
  outcome: OutcomeRequest;
  next: Next;
}

/**
 * Two ways to the database and back, as accepting. An outcome that changes a lane or a webhook comes alone: two
 * of them would lock the same few rows crosswise.
 */
export async function recordGroup(
  tx: Transaction,
  outcomes: readonly OutcomeRequest[],
  versions: Versions,
): Promise<OutcomeResult[]> {
  const results: (OutcomeResult | undefined)[] = outcomes.map(() => undefined);
  let round = outcomes.map((_, index) => index);
  let begun = false;
  while (round.length > 0) {
    // Mostly there is one round: another is for what is recorded twice in the same group.
    const later: number[] = [];
    const now = new Map<number, number>();
    for (const index of round) {
      const uid = outcomes[index]?.deliveryUid ?? 0;
      if (now.has(uid)) later.push(index);
      else now.set(uid, index);
    }
    const locking = ahead(lockRows(tx, [...now.keys()]));
    if (!begun) await tx.begin();
    begun = true;
    const rows = new Map((await locking).map((row) => [row.uid, row]));
    const counted: Counted[] = [];
    for (const [uid, index] of now) {
      const outcome = outcomes[index];
      if (!outcome) continue;
      const { session, claimNo } = outcome;
      const row = rows.get(uid);
      // Whatever comes of it, the row is in these hands no longer.
      tx.window(session.id)?.drop(uid, claimNo);
      if (!row) results[index] = { kind: 'stale' };
      else if (row.state >= OPEN_BELOW || row.owner !== session.id || row.claim_no !== claimNo) {
        results[index] = await again(tx, row, outcome, versions);
      } else {
        const next = decide(outcome, tx.subscriptions.get(row.webhook_uid) !== undefined);
        counted.push({ row, outcome, next });
        const kind = 'recorded' as const;
        results[index] = {
          kind,
          state: next.state,
          dueInMs: next.delayMs,
          disabled: false,
          laneChanged: false,
        };
      }
    }
    write(tx, counted);
    for (const { row, outcome } of counted) {
      if (outcome.disable === null && outcome.lane === null) continue;
      const index = now.get(row.uid);
      const result = index === undefined ? undefined : results[index];
      if (result?.kind === 'recorded') await changeLane(tx, row, outcome, result, versions);
    }
    round = later;
  }
  return results.map((result) => result ?? { kind: 'stale' });
}

async function lockRows(tx: Transaction, uids: number[]): Promise<DeliveryRow[]> {
  return tx.run<DeliveryRow>(LOCK_ROWS, [numbers(uids), Math.min(...uids), Math.max(...uids)]);
}

/** The answer to the first writing was lost, or the row is in other hands. */
async function again(
  tx: Transaction,
  row: DeliveryRow,
  outcome: OutcomeRequest,
  versions: Versions,
): Promise<OutcomeResult> {
  const { number, versionId, startedAt, durationMs, responseStatus } = outcome.attempt;
  const values = [row.uid, number, versionId, startedAt, durationMs, responseStatus];
  const [same] = await tx.run<{ same: number }>(SAME_ATTEMPT, values);
  if (!same) return { kind: 'stale' };
  const { disable, lane } = outcome;
  const current = disable === null ? null : await versions.current(tx, row.webhook_uid);
  return {
    kind: 'recorded',
    state: STATES[row.state] ?? 'pending',
    dueInMs: row.state === STATE.retrying ? Math.max(0, dueIn(tx.now, row.due_at)) : null,
    disabled: disable !== null && current?.disabledReason === disable,
    laneChanged: lane !== null && (await healthOf(tx, row.webhook_uid)) === lane.health,
  };
}

async function changeLane(
  tx: Transaction,
  { webhook_uid: webhookUid }: DeliveryRow,
  { attempt, disable, lane }: OutcomeRequest,
  result: Extract<OutcomeResult, { kind: 'recorded' }>,
  versions: Versions,
): Promise<void> {
  if (disable !== null) {
    const before = await versions.current(tx, webhookUid);
    // Someone may have repaired the webhook while this attempt was under way: then it stays as it is.
    if (before?.status === 'active' && before.versionId === attempt.versionId) {
      await resetHealth(tx, webhookUid);
      await versions.write(tx, webhookUid, { ...before, status: 'disabled' }, disable);
      const after = await versions.current(tx, webhookUid);
      if (after) await writeAudit(tx, SYSTEM, webhookAudited({ before, after }, 'webhook.disabled'));
      result.disabled = true;
      return;
    }
  }
  if (lane !== null)
    result.laneChanged = await changeHealth(tx, webhookUid, attempt.versionId, lane, versions);
}

function write(tx: Transaction, counted: readonly Counted[]): void {
  if (counted.length === 0) return;
  for (const one of counted) count(tx, one);
  const { now } = tx;
  const attempts = counted.map(({ outcome }) => outcome.attempt);
  const uids = counted.map(({ row }) => row.uid);
  const attemptNumbers = numbers(attempts.map(({ number }) => number));
  const versionIds = numbers(attempts.map(({ versionId }) => versionId));
  const startedAt = numbers(attempts.map((attempt) => attempt.startedAt));
  const statuses = numbers(attempts.map(({ responseStatus }) => responseStatus));
  tx.write(INSERT_ATTEMPTS, [
    numbers(uids),
    attemptNumbers,
    versionIds,
    startedAt,
    numbers(attempts.map(({ durationMs }) => durationMs)),
    statuses,
    texts(attempts.map(({ error }) => error?.kind ?? null)),
    texts(attempts.map(({ error, note }) => error?.message ?? note)),
    texts(attempts.map(({ responseHeaders }) => responseHeaders)),
    texts(attempts.map(({ responseBody }) => responseBody)),
    numbers(attempts.map(({ resend }) => (resend ? 1 : 0))),
    numbers(attempts.map(({ resent }) => (resent ? 1 : 0))),
    numbers(attempts.map(({ formId }) => formId)),
  ]);
  tx.write(SET_OUTCOMES, [
    numbers(uids),
    numbers(counted.map(({ next }) => STATE[next.state])),
    texts(counted.map(({ next }) => next.reason)),
    attemptNumbers,
    numbers(counted.map(({ outcome, next }) => (outcome.probe && next.delayMs !== null ? 1 : 0))),
    numbers(counted.map(({ row, next }) => (next.delayMs === null ? row.due_at : dueAt(now, next.delayMs)))),
    startedAt,
    numbers(counted.map(({ next }) => (next.delayMs === null ? now : null))),
    statuses,
    versionIds,
    Math.min(...uids),
    Math.max(...uids),
  ]);
}

function count(tx: Transaction, { row, outcome, next }: Counted): void {
  const delivery = {
    uid: row.uid,
    webhookUid: row.webhook_uid,
    eventType: row.event_type,
    acceptedAt: row.accepted_at,
    test: row.test !== 0,
  };
  tx.tally.left(delivery, STATES[row.state] ?? 'pending');
  tx.tally.entered(delivery, next.state, next.delayMs === null ? tx.now : null);
  // Nothing fresh overtakes what is to be tried again.
  if (next.delayMs !== null && tx.subscriptions.get(row.webhook_uid)?.ordered) {
    tx.window(outcome.session.id)?.spill(row.webhook_uid);
  }
}

function decide({ next }: OutcomeRequest, webhookLives: boolean): Next {
  if (next.state !== 'retrying') return { state: next.state, reason: next.reason, delayMs: null };
  if (!webhookLives) return { state: 'cancelled', reason: 'webhook-deleted', delayMs: null };
  return { state: 'retrying', reason: null, delayMs: next.delayMs };
}
