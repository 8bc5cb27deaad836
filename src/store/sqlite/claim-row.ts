import { eventTypeName } from '../../domain/event-types.js';
import type { HeldDelivery } from '../store.js';

/** Of a delivery `d` and its event `e`: what a claim hands out, and what it decides by. */
export const CLAIM_COLUMNS = `
  d.uid, d.claim_no, d.attempts, d.run_base, d.resend, d.accepted_at, d.due_at, d.event_id, d.event_type,
  d.state, d.lane_seq, d.owner, d.resent_at, d.spared, e.created_at, e.data`;

export interface ClaimRow {
  uid: number;
  claim_no: number;
  attempts: number;
  run_base: number;
  resend: number;
  accepted_at: number;
  due_at: number;
  event_id: number;
  event_type: number;
  state: number;
  lane_seq: number | null;
  owner: number;
  resent_at: number | null;
  spared: number;
  created_at: number;
  data: string;
}

export function toHeld(row: ClaimRow, webhookUid: number): HeldDelivery {
  return {
    uid: row.uid,
    webhookUid,
    claimNo: row.claim_no + 1,
    event: {
      eventId: row.event_id,
      eventType: eventTypeName(row.event_type),
      createdAt: row.created_at,
      data: row.data,
    },
    attempts: row.attempts,
    runBase: row.run_base,
    resend: row.resend !== 0,
    acceptedAt: row.accepted_at,
    laneSeq: row.lane_seq,
  };
}
