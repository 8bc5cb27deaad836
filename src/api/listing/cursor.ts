import { Refusal } from '../../domain/errors.js';

/** A cursor is a place between two rows: whatever arrives meanwhile, no row is passed twice or left out. */
type Place = (string | number | null)[];

export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/**
 * @param after as it came; empty for the first page, which gives null
 * @param fits whether the place is one of this list
 * @throws Refusal `wrong-page-number`
 */
export function readCursor<P extends Place>(after: string, fits: (place: unknown[]) => place is P): P | null {
  if (after === '') return null;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(after, 'base64url').toString());
  } catch (cause) {
    throw new Refusal('wrong-page-number', '', { cause });
  }
  if (!Array.isArray(place) || !fits(place)) throw new Refusal('wrong-page-number');
  return place;
}

export function isPlaceUid(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
