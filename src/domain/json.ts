import { Refusal } from './errors.js';

/** A parsed JSON object; its members may be of any type. */
export type JsonObject = { readonly [name: string]: unknown };

export function isJsonObject(json: unknown): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Containers within containers; deeper text is refused, so that nothing behind us can be made to recurse. */
export const MAX_JSON_DEPTH = 128;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Drops a byte order mark, throws on anything that is not UTF-8. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** `value` is the parsed `text`. @throws Refusal `wrong-json`, for an empty body too */
export function parseJsonBytes(bytes: Uint8Array): { value: unknown; text: string } {
  try {
    const text = UTF8.decode(bytes);
    refuseDeep(text);
    return { value: JSON.parse(text), text };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal('wrong-json', '', { cause });
  }
}

function refuseDeep(text: string): void {
  // A single event has few containers, and counting them takes a tenth of the time that the scan does.
  if (atMost(MAX_JSON_DEPTH, text)) return;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = stringEnd(text, i) - 1;
    else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (++depth > MAX_JSON_DEPTH) throw new Refusal('wrong-json');
    } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) depth--;
  }
}

/** Whether no more than `limit` opening braces and brackets stand in the text, those within strings included. */
function atMost(limit: number, text: string): boolean {
  let count = 0;
  for (const opener of ['{', '[']) {
    for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 1)) {
      if (++count > limit) return false;
    }
  }
  return true;
}

// Everything below expects text that JSON.parse has accepted. It goes over each character once and knows
// no recursion; a number is never turned into a double.

/** One member of an object: its key, decoded, and where its value stands in the text. */
export interface MemberPlace {
  key: string;
  start: number;
  end: number;
}

/** The members of the object that `text` is, in their order, duplicates included; none when it is not one. */
export function membersOf(text: string): MemberPlace[] {
  const members: MemberPlace[] = [];
  const start = skipSpace(text, 0);
  if (text.charCodeAt(start) === OPEN_BRACE) {
    eachMember(text, start, (key, from, to) => members.push({ key, start: from, end: to }));
  }
  return members;
}

/**
 * The source of member `name` of the top-level object, or of each element of a top-level array: without
 * white space outside strings, otherwise kept to the letter. Of duplicates the last counts, as for
 * JSON.parse. `null` where there is no such member or no object.
 */
export function compactMembers(text: string, name: string): (string | null)[] {
  const start = skipSpace(text, 0);
  if (text.charCodeAt(start) !== OPEN_BRACKET) return [compactMemberAt(text, start, name).source];

  const sources: (string | null)[] = [];
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACKET) {
    const element = compactMemberAt(text, at, name);
    sources.push(element.source);
    at = skipSpace(text, element.end);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return sources;
}

function compactMemberAt(text: string, start: number, name: string): { source: string | null; end: number } {
  if (text.charCodeAt(start) !== OPEN_BRACE) return { source: null, end: valueEnd(text, start) };
  let from = -1;
  let to = -1;
  const end = eachMember(text, start, (key, valueFrom, valueTo) => {
    if (key !== name) return;
    from = valueFrom;
    to = valueTo;
  });
  return { source: from < 0 ? null : compact(text, from, to), end };
}

/** Goes over the object that begins at `start`; returns the position behind it. */
function eachMember(
  text: string,
  start: number,
  visit: (key: string, from: number, to: number) => void,
): number {
  let at = skipSpace(text, start + 1);
  while (at < text.length && text.charCodeAt(at) !== CLOSE_BRACE) {
    const keyEnd = stringEnd(text, at);
    const key = decodeKey(text.slice(at, keyEnd));
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = valueEnd(text, from);
    visit(key, from, to);
    at = skipSpace(text, to);
    if (text.charCodeAt(at) === COMMA) at = skipSpace(text, at + 1);
  }
  return at + 1;
}

function decodeKey(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

/** Pieces are joined before they are many: a rope of millions of them costs 30 times its text. */
const PIECES = 4096;

function compact(text: string, start: number, end: number): string {
  let out = '';
  let pieces: string[] = [];
  let keptFrom = start;
  for (let i = start; i < end; ) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) i = stringEnd(text, i);
    else if (isSpace(c)) {
      if (i > keptFrom && pieces.push(text.slice(keptFrom, i)) === PIECES) {
        out += pieces.join('');
        pieces = [];
      }
      i = keptFrom = skipSpace(text, i);
    } else i++;
  }
  if (keptFrom === start) return text.slice(start, end);
  return out + pieces.join('') + text.slice(keptFrom, end);
}

/** The position behind the value that begins at `start`. */
function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return stringEnd(text, start);
  let at = start;
  if (first !== OPEN_BRACE && first !== OPEN_BRACKET) {
    while (at < text.length && !endsScalar(text.charCodeAt(at))) at++;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === QUOTE) {
      at = stringEnd(text, at);
      continue;
    }
    at++;
    if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
    else if ((c === CLOSE_BRACE || c === CLOSE_BRACKET) && --depth === 0) break;
  }
  return at;
}

/**
 * The position behind the string whose quote stands at `start`; the text's end when it is not closed.
 * `indexOf` jumps from quote to quote: half the time of a step per character.
 */
function stringEnd(text: string, start: number): number {
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) return text.length;
    let escapes = quote;
    while (escapes > from && text.charCodeAt(escapes - 1) === BACKSLASH) escapes--;
    if ((quote - escapes) % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

function endsScalar(c: number): boolean {
  return c === COMMA || c === CLOSE_BRACE || c === CLOSE_BRACKET || isSpace(c);
}
