import { createHash } from 'node:crypto';
import { hasLength } from './shape.js';
import { PASSWORD_LENGTH, USERNAME_LENGTH } from './user-rules.js';

/** What the panels put in place of a password: MD5 of its UTF-8 bytes, lower-case hex. Not a protection. */
export function md5Hex(plain: string): string {
  return createHash('md5').update(plain).digest('hex');
}

/**
 * How a name and a password came. Any web page can make its reader's browser send a panel's log-in, and old
 * browsers do not tell that they do; so those count apart from what people and programs of ours send.
 */
export type LoginForm = 'panel' | 'plain';

export interface LoginAttempt {
  username: string;
  /** Lower-case hex MD5 of the password; null: no account can have this name, or this password. */
  md5: string | null;
  form: LoginForm;
}

/** @param md5 in any letter case */
export function panelLogin(username: string, md5: string): LoginAttempt {
  const possible = isPossibleName(username) && isPossiblePassword(md5);
  return { username, md5: possible ? md5.toLowerCase() : null, form: 'panel' };
}

export function plainLogin(username: string, password: string): LoginAttempt {
  const possible = isPossibleName(username) && isPossiblePassword(password);
  return { username, md5: possible ? md5Hex(password) : null, form: 'plain' };
}

/** Shorter ones than today's rule allows may be older than it. */
function isPossiblePassword(given: string): boolean {
  return hasLength(given, 0, PASSWORD_LENGTH.max);
}

function isPossibleName(username: string): boolean {
  return hasLength(username, 0, USERNAME_LENGTH.max);
}

export type Authorization =
  /** No header, or a scheme without credentials, which clients of the panels send. */
  | { kind: 'none' }
  | { kind: 'bearer'; token: string }
  | { kind: 'basic'; username: string; password: string }
  /** Another scheme, or credentials that cannot be read. */
  | { kind: 'bad' };

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads an `Authorization` header; says nothing about whether its credentials are right. */
export function parseAuthorization(header: string | undefined): Authorization {
  const text = header?.trim() ?? '';
  const space = text.search(/[ \t]/);
  const scheme = (space < 0 ? text : text.slice(0, space)).toLowerCase();
  const credentials = space < 0 ? '' : text.slice(space).trim();
  if (scheme === '') return { kind: 'none' };
  if (scheme !== 'bearer' && scheme !== 'basic') return { kind: 'bad' };
  if (credentials === '') return { kind: 'none' };
  return scheme === 'bearer' ? readBearer(credentials) : readBasic(credentials);
}

function readBearer(token: string): Authorization {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(token) ? { kind: 'bearer', token } : { kind: 'bad' };
}

/** Base64 of `username:password` in UTF-8; the first colon divides, padding may be missing. */
function readBasic(credentials: string): Authorization {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) return { kind: 'bad' };
  let pair: string;
  try {
    pair = UTF8.decode(Buffer.from(credentials, 'base64'));
  } catch {
    return { kind: 'bad' };
  }
  const colon = pair.indexOf(':');
  if (colon < 0) return { kind: 'bad' };
  return { kind: 'basic', username: pair.slice(0, colon), password: pair.slice(colon + 1) };
}
