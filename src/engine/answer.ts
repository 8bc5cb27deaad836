import type { AttemptError } from '../domain/delivery.js';

/** Plain data, so that the sender can live in another thread. */
export interface Answer {
  /** null: no answer came. */
  status: number | null;
  /** As received, one `name: value` a line, at most 4 KiB; null when no answer came. */
  headers: string | null;
  /** `Retry-After` as received. */
  retryAfter: string | null;
  /** Decoded text, at most 4 KiB, 1 KiB of a 2xx; null when no answer came. */
  body: string | null;
  /** null: the answer was 2xx. */
  error: AttemptError | null;
  /** What was wrong with the rest of a 2xx, for people; null: nothing, or it was none. */
  note: string | null;
  /** The request went out twice: the kept connection of the first was closed before anything of an answer. */
  resent: boolean;
}

/** Bytes. */
export const KEPT_HEADERS = 4096;
export const KEPT_BODY = 4096;
export const KEPT_SUCCESS_BODY = 1024;

export function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** Name, value, name, value, … as one `name: value` a line, whole lines only. */
export function headerLines(raw: readonly (Buffer | string)[]): string {
  let text = '';
  for (let n = 0; n + 1 < raw.length; n += 2) {
    const line = `${latin1(raw[n])}: ${latin1(raw[n + 1])}`;
    // Latin 1 is up to two bytes a character once it is text.
    if ((text.length + line.length + 1) * 2 > KEPT_HEADERS) {
      const whole = text === '' ? line : `${text}\n${line}`;
      if (Buffer.byteLength(whole) > KEPT_HEADERS) return text === '' ? cutText(line, KEPT_HEADERS) : text;
      text = whole;
    } else {
      text = text === '' ? line : `${text}\n${line}`;
    }
  }
  return text;
}

function latin1(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}

/**
 * The first `limit` bytes as UTF-8 text of at most `limit` bytes, cut between characters. What is not UTF-8
 * becomes U+FFFD, and so does U+0000, which PostgreSQL cannot store.
 */
export function bodyText(chunks: readonly Buffer[], limit: number): string {
  const [first] = chunks;
  if (first === undefined) return '';
  const bytes = chunks.length === 1 ? first : Buffer.concat(chunks);
  const text = bytes.toString('utf8', 0, characterEnd(bytes, limit));
  return cutText(text.includes('\0') ? text.replaceAll('\0', '\u{fffd}') : text, limit);
}

function cutText(text: string, limit: number): string {
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return text;
  const bytes = Buffer.from(text);
  return bytes.toString('utf8', 0, characterEnd(bytes, limit));
}

/** The last place at or before `limit` at which no character is cut in two. */
function characterEnd(bytes: Buffer, limit: number): number {
  if (bytes.length <= limit) return bytes.length;
  let end = limit;
  // A character has at most three bytes after its first; longer runs are not UTF-8 and may be cut anywhere.
  while (end > limit - 3 && isContinuation(bytes[end])) end--;
  return isContinuation(bytes[end]) ? limit : end;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
