import { userInfo } from 'node:os';
import type { Actor } from '../domain/actor.js';

/** Who types, as the audit trail names them: by their account on this machine. */
export function operator(): Actor {
  return { kind: 'cli', uid: null, name: accountName(), address: null };
}

function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that no account has.
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
