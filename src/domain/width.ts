import type { AttemptErrorKind } from './delivery.js';
import { isCertain } from './health.js';

/**
 * How many attempts may be under way at one receiver. It begins narrow and widens with what it answers, so that
 * receivers that hang hold little of what all share, and one that answers is at full width in a few round trips.
 */
export interface Width {
  /** Attempts at a time, `NARROW` to the most there may be. */
  attempts: number;
  /** It has not answered yet, or not since it failed at its narrowest. */
  onTrial: boolean;
}

/** Attempts at a time of a receiver that has just begun to answer, or had nothing to do. */
export const NARROW = 8;
/** Attempts at a time of a receiver on trial, while few are. */
export const TRIAL = 4;

export const FIRST_WIDTH: Width = { attempts: NARROW, onTrial: true };

/** What the end of an attempt says of the receiver's width; null, nothing: it was cut off here. */
export type Heard = 'answered' | 'unanswered' | null;

/** An answer that refuses the event is an answer; one that speaks of overload, or comes from a proxy, is none. */
export function heard(attempt: { responseStatus: number | null; errorKind: AttemptErrorKind | null }): Heard {
  return attempt.responseStatus === null || isCertain(attempt) ? 'unanswered' : 'answered';
}

/** @param underWay before this one ended: what is not used does not widen */
export function widthAfter(width: Width, what: Heard, underWay: number, most: number): Width {
  if (what === null) return width;
  if (what === 'answered') {
    const attempts = underWay >= width.attempts ? width.attempts + 1 : width.attempts;
    return { attempts: Math.min(attempts, Math.max(most, NARROW)), onTrial: false };
  }
  const half = Math.floor(width.attempts / 2);
  return half < NARROW ? FIRST_WIDTH : { attempts: half, onTrial: width.onTrial };
}
