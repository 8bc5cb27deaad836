import { isUtf8 } from 'node:buffer';
import { Refusal } from './errors.js';
import { JsonScanner, OPEN_BRACE } from './json-scanner.js';

/** A parsed JSON object; its members may be of any type. */
export type JsonObject = { readonly [name: string]: unknown };

export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** In a body that is parsed as a whole: 256 KiB can hold 90,000, for which everybody would wait 60 ms. */
export const MAX_JSON_VALUES = 10_000;

/** @throws Refusal `not-utf8`; `wrong-json`, for an empty body and for too many values too */
export function parseJsonBytes(given: Uint8Array): unknown {
  const bytes = asBuffer(given);
  const scanner = scannerOf(bytes);
  const start = scanner.at;
  scanner.skip();
  if (scanner.values > MAX_JSON_VALUES) throw new Refusal('wrong-json');
  scanner.end();
  return JSON.parse(textOf(bytes, { start, end: bytes.length }));
}

/** The same bytes. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** At the first byte behind a byte order mark. @throws Refusal `not-utf8` */
export function scannerOf(bytes: Uint8Array): JsonScanner {
  if (!isUtf8(bytes)) throw new Refusal('not-utf8');
  return new JsonScanner(bytes);
}

export interface MemberSource {
  /** Decoded. */
  name: string;
  /** The value's text. */
  source: string;
}

/** The members of the object that `text`, which is JSON, is: in their order, duplicates included; else none. */
export function membersOf(text: string): MemberSource[] {
  const bytes = Buffer.from(text);
  const scanner = new JsonScanner(bytes);
  const members: MemberSource[] = [];
  if (scanner.peek() !== OPEN_BRACE) return members;
  for (let more = scanner.enter(); more; more = scanner.next(OPEN_BRACE)) {
    scanner.name();
    const { nameStart, nameEnd, at } = scanner;
    scanner.skip();
    members.push({
      name: stringAt(bytes, { start: nameStart, end: nameEnd }),
      source: textOf(bytes, { start: at, end: scanner.at }),
    });
  }
  return members;
}

/** Where a value stands. */
export interface Place {
  start: number;
  end: number;
}

/** The string whose source, with its quotes, stands there. */
export function stringAt(bytes: Buffer, { start, end }: Place): string {
  const inner = textOf(bytes, { start: start + 1, end: end - 1 });
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
}

export function textOf(bytes: Buffer, { start, end }: Place): string {
  return bytes.toString('utf8', start, end);
}
