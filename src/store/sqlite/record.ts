import { SYSTEM } from '../../domain/actor.js';
import { webhookAudited } from '../../domain/audit.js';
import { type Attempt, type DeliveryState, OPEN_BELOW, STATE, STATES } from '../../domain/delivery.js';
import { dueAt, dueIn } from '../due.js';
import type { OutcomeRequest, OutcomeResult } from '../store.js';
import type { AuditTrail } from './audit-trail.js';
import type { Connection } from './connection.js';
import type { LaneHealth } from './lane-health.js';
import type { Transaction } from './transaction.js';
import type { Versions } from './versions.js';

const READ_DELIVERY = `
  SELECT webhook_uid, event_type, state, owner, claim_no, accepted_at, due_at, test
  FROM delivery WHERE uid = ?`;
const INSERT_ATTEMPT = `
  INSERT INTO attempt (delivery_uid, number, version_id, started_at, duration_ms, response_status,
    error_kind, error_message, response_headers, response_body, resend, resent, form_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SET_OUTCOME = `
  UPDATE delivery SET state = ?, reason = ?, attempts = ?, run_base = run_base + ?, owner = 0, due_at = ?, last_attempt_at = ?,
    ended_at = ?, response_status = ?, version_id = ?
  WHERE uid = ?`;
const SAME_ATTEMPT = `
  SELECT 1 FROM attempt WHERE delivery_uid = ? AND number = ? AND version_id = ? AND started_at = ?
    AND duration_ms = ? AND response_status IS ?`;

interface DeliveryRow {
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

export class Records {
  readonly #versions: Versions;
  readonly #trail: AuditTrail;
  readonly #lanes: LaneHealth;
  readonly #readDelivery;
  readonly #insertAttempt;
  readonly #setOutcome;
  readonly #sameAttempt;

  constructor(database: Connection, versions: Versions, lanes: LaneHealth, trail: AuditTrail) {
    this.#versions = versions;
    this.#lanes = lanes;
    this.#trail = trail;
    this.#readDelivery = database.prepare<[number], DeliveryRow>(READ_DELIVERY);
    this.#insertAttempt = database.prepare(INSERT_ATTEMPT);
    this.#setOutcome = database.prepare(SET_OUTCOME);
    this.#sameAttempt = database.prepare(SAME_ATTEMPT);
  }

  record(tx: Transaction, outcome: OutcomeRequest): OutcomeResult {
    const { session, deliveryUid, claimNo, attempt } = outcome;
    const row = this.#readDelivery.get(deliveryUid);
    // Whatever comes of it, the row is in these hands no longer.
    tx.window(session.id)?.drop(deliveryUid, claimNo);
    if (!row) return { kind: 'stale' };
    if (row.state >= OPEN_BELOW || row.owner !== session.id || row.claim_no !== claimNo) {
      return this.#again(tx, row, outcome);
    }
    const subscription = tx.subscriptions.get(row.webhook_uid);
    const next = decide(outcome, subscription !== undefined);
    this.#writeAttempt(deliveryUid, attempt);
    this.#writeOutcome(tx, deliveryUid, row, outcome, next);
    // Nothing fresh overtakes what is to be tried again.
    if (subscription?.ordered && next.delayMs !== null) tx.window(session.id)?.spill(row.webhook_uid);
    // Someone may have repaired the webhook while this attempt was under way: then it stays as it is.
    const disabled =
      outcome.disable !== null &&
      subscription?.enabled === true &&
      subscription.versionId === attempt.versionId;
    if (disabled) this.#disable(tx, row.webhook_uid, outcome.disable);
    const laneChanged =
      outcome.lane !== null &&
      !disabled &&
      this.#lanes.change(tx, row.webhook_uid, attempt.versionId, outcome.lane);
    return { kind: 'recorded', state: next.state, dueInMs: next.delayMs, disabled, laneChanged };
  }

  /** The answer to the first writing was lost, or the row is in other hands. */
  #again(tx: Transaction, row: DeliveryRow, outcome: OutcomeRequest): OutcomeResult {
    const { number, versionId, startedAt, durationMs, responseStatus } = outcome.attempt;
    const same = this.#sameAttempt.get(
      outcome.deliveryUid,
      number,
      versionId,
      startedAt,
      durationMs,
      responseStatus,
    );
    if (!same) return { kind: 'stale' };
    const state = STATES[row.state] ?? 'pending';
    const disabled =
      outcome.disable !== null && this.#versions.current(row.webhook_uid)?.disabledReason === outcome.disable;
    return {
      kind: 'recorded',
      state,
      dueInMs: row.state === STATE.retrying ? Math.max(0, dueIn(tx.now, row.due_at)) : null,
      disabled,
      laneChanged: outcome.lane !== null && this.#lanes.health(row.webhook_uid) === outcome.lane.health,
    };
  }

  #writeAttempt(deliveryUid: number, attempt: Attempt): void {
    this.#insertAttempt.run(
      deliveryUid,
      attempt.number,
      attempt.versionId,
      attempt.startedAt,
      attempt.durationMs,
      attempt.responseStatus,
      attempt.error?.kind ?? null,
      attempt.error?.message ?? attempt.note,
      attempt.responseHeaders,
      attempt.responseBody,
      attempt.resend ? 1 : 0,
      attempt.resent ? 1 : 0,
      attempt.formId,
    );
  }

  #writeOutcome(
    tx: Transaction,
    uid: number,
    row: DeliveryRow,
    { attempt, probe }: OutcomeRequest,
    next: Next,
  ): void {
    const endedAt = next.delayMs === null ? tx.now : null;
    this.#setOutcome.run(
      STATE[next.state],
      next.reason,
      attempt.number,
      probe && next.delayMs !== null ? 1 : 0,
      next.delayMs === null ? row.due_at : dueAt(tx.now, next.delayMs),
      attempt.startedAt,
      endedAt,
      attempt.responseStatus,
      attempt.versionId,
      uid,
    );
    const before = STATES[row.state] ?? 'pending';
    const delivery = {
      uid,
      webhookUid: row.webhook_uid,
      eventType: row.event_type,
      acceptedAt: row.accepted_at,
      test: row.test !== 0,
    };
    tx.tally.left(delivery, before);
    tx.tally.entered(delivery, next.state, endedAt);
  }

  #disable(tx: Transaction, webhookUid: number, reason: OutcomeRequest['disable']): void {
    const webhook = this.#versions.current(webhookUid);
    if (!webhook) return;
    this.#lanes.reset(webhookUid);
    this.#versions.write(webhookUid, { ...webhook, status: 'disabled' }, reason, tx.now);
    tx.subscriptions.refresh();
    const after = this.#versions.current(webhookUid);
    if (!after) return;
    this.#trail.write(tx.now, SYSTEM, webhookAudited({ before: webhook, after }, 'webhook.disabled'));
  }
}

function decide({ next }: OutcomeRequest, webhookLives: boolean): Next {
  if (next.state !== 'retrying') return { state: next.state, reason: next.reason, delayMs: null };
  if (!webhookLives) return { state: 'cancelled', reason: 'webhook-deleted', delayMs: null };
  return { state: 'retrying', reason: null, delayMs: next.delayMs };
}
