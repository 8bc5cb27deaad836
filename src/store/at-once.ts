/** How much one transaction does at once, in both dialects. */

/** Of an ordered lane, in memory: one attempt at a time needs no more, and a failed one gives all of them back. */
export const ORDERED_WINDOW = 64;
/** Rows of a lane that became ordered, that one claim gives their places. */
export const PLACED_AT_ONCE = 500;
/** Rows that one claim ends at most: it must not take long. */
export const EXPIRED_AT_ONCE = 500;
