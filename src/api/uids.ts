import { type ErrorCode, Refusal } from '../domain/errors.js';

/** A uid out of a path: an integer from 1 to 2^53−1. @throws Refusal `code`, whatever else stands there */
export function readUid(text: string | undefined, code: ErrorCode): number {
  const uid = /^[1-9]\d{0,15}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(uid)) throw new Refusal(code);
  return uid;
}
