import { Refusal } from './errors.js';
import { type Place, scannerOf, stringAt, textOf } from './json.js';
import { isSpace, type JsonScanner, OPEN_BRACE, OPEN_BRACKET, stringEnd } from './json-scanner.js';
import type { Steps } from './steps.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Bytes that one step goes over; a string, a number or white space is never cut. */
export const STEP_BYTES = 64 * 1024;

/** By the names that were asked for, in their order; of duplicate members the last, `undefined` without one. */
export type Members = readonly (Place | undefined)[];

/** The items of an array, or the one that the body is; null: it is no object. */
export type Items = { kind: 'one'; item: Members | null } | { kind: 'array'; items: (Members | null)[] };

/**
 * Finds the members of each item that have one of the names. All of the body is judged, and none of it is made into a
 * value.
 * @param most `too-many` at the item behind it; what follows is not looked at
 * @throws Refusal `wrong-json`, for an empty array too
 */
export function* itemsOf(
  bytes: Buffer,
  names: readonly Uint8Array[],
  most: number,
): Steps<Items | { kind: 'too-many' }> {
  const scanner = scannerOf(bytes);
  scanner.until = scanner.at + STEP_BYTES;
  if (scanner.peek() !== OPEN_BRACKET) {
    const item = yield* itemAt(bytes, scanner, names);
    scanner.end();
    return { kind: 'one', item };
  }
  const items: (Members | null)[] = [];
  for (let more = scanner.enter(); more; more = scanner.next(OPEN_BRACKET)) {
    if (items.length === most) return { kind: 'too-many' };
    items.push(yield* itemAt(bytes, scanner, names));
  }
  scanner.end();
  if (items.length === 0) throw new Refusal('wrong-json');
  return { kind: 'array', items };
}

function* itemAt(bytes: Buffer, scanner: JsonScanner, names: readonly Uint8Array[]): Steps<Members | null> {
  if (scanner.peek() !== OPEN_BRACE) {
    while (!scanner.skip()) yield* pause(scanner);
    return null;
  }
  const members: (Place | undefined)[] = new Array(names.length);
  for (let more = scanner.enter(); more; more = scanner.next(OPEN_BRACE)) {
    scanner.name();
    const index = indexOfName(bytes, scanner.nameStart, scanner.nameEnd, names);
    const start = scanner.at;
    while (!scanner.skip()) yield* pause(scanner);
    if (index >= 0) members[index] = { start, end: scanner.at };
    if (scanner.at >= scanner.until) yield* pause(scanner);
  }
  return members;
}

function* pause(scanner: JsonScanner): Steps<void> {
  yield;
  scanner.until = scanner.at + STEP_BYTES;
}

/** Which of the names is spelled there, with its quotes; -1: none. */
function indexOfName(bytes: Buffer, start: number, end: number, names: readonly Uint8Array[]): number {
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name && isSpelled(bytes, start + 1, end - 1, name)) return index;
  }
  // Only an escape can spell one of them in another way.
  if (!hasEscape(bytes, start, end)) return -1;
  const decoded = Buffer.from(stringAt(bytes, { start, end }));
  return names.findIndex((name) => decoded.equals(name));
}

function isSpelled(bytes: Buffer, start: number, end: number, name: Uint8Array): boolean {
  if (end - start !== name.length) return false;
  for (let index = 0; index < name.length; index++) if (bytes[start + index] !== name[index]) return false;
  return true;
}

function hasEscape(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] === BACKSLASH) return true;
  return false;
}

/** A value as `JSON.parse` makes it; of a container only which of the two it is. */
export function valueAt(bytes: Buffer, place: Place): unknown {
  const first = bytes[place.start];
  if (first === OPEN_BRACE) return {};
  if (first === OPEN_BRACKET) return [];
  return first === QUOTE ? stringAt(bytes, place) : JSON.parse(textOf(bytes, place));
}

/** The value's text without white space outside of strings, otherwise to the letter; null: past `most` bytes. */
export function compactAt(bytes: Buffer, place: Place, most: number): string | null {
  const { start, end } = place;
  let at = start;
  while (at < end && !isSpace(bytes[at])) at = bytes[at] === QUOTE ? stringEnd(bytes, at) : at + 1;
  if (at === end) return end - start > most ? null : textOf(bytes, place);

  if (at - start > most) return null;
  const compact = Buffer.allocUnsafe(Math.min(end - start, most));
  compact.set(bytes.subarray(start, at));
  let length = at - start;
  while (at < end) {
    const c = bytes[at];
    const next = c === QUOTE ? stringEnd(bytes, at) : at + 1;
    if (!isSpace(c)) {
      if (length + next - at > most) return null;
      while (at < next) compact[length++] = bytes[at++] ?? 0;
    }
    at = next;
  }
  return compact.toString('utf8', 0, length);
}
