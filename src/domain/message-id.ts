import { hash } from 'node:crypto';

/** What the `webhook-id`s of a store are made of; for its whole life, wherever it is moved. */
export interface IdOrigin {
  /** Random, and of this store alone. Copies share it. */
  storeId: string;
  /** Deliveries up to this one were accepted before ids had a mark. */
  lastPlainUid: number;
}

const MARK_LENGTH = 8;
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * The `webhook-id` of a delivery: `wh_<mark>_<uid>`, the same on each attempt and resend. Uids come again in a copy of a
 * store, in one that was set up anew, and in another server's; receivers drop ids that they have seen. The mark is
 * another in all of these, since it is computed from the store and from the instant of acceptance.
 * @param acceptedAt ms, as it is stored
 */
export function messageIdOf(
  { storeId, lastPlainUid }: IdOrigin,
  { uid, acceptedAt }: { uid: number; acceptedAt: number },
): string {
  if (uid <= lastPlainUid) return `wh_${uid}`;
  // A character for each of the first bytes: 0.1 µs beside the 1 µs of the hash, where a number's `toString` takes 1.
  const bytes = hash('sha256', `${storeId}.${uid}.${acceptedAt}`, 'binary');
  let mark = '';
  for (let at = 0; at < MARK_LENGTH; at++) mark += DIGITS[bytes.charCodeAt(at) % DIGITS.length];
  return `wh_${mark}_${uid}`;
}
