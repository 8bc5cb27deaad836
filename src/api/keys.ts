import type { RandomBytes } from './parts.js';
import { randomText } from './tokens.js';

const MARK = 'lh_';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 256 bits, of which the prefix shows 47. */
const LENGTH = 43;
const SHOWN = 8;

/** An API key, in letters and digits behind its mark; no log-in token has an underscore. */
export function createKey(randomBytes: RandomBytes): { key: string; prefix: string } {
  const key = MARK + randomText(randomBytes, ALPHABET, LENGTH);
  return { key, prefix: key.slice(0, MARK.length + SHOWN) };
}

export function isKey(token: string): boolean {
  return token.startsWith(MARK);
}
