import type { User } from '../store/store.js';

/** Who is asking. */
export interface Caller {
  user: User;
  /** Names the credential for idempotency keys. */
  credential: string;
  /** Hex SHA-256 of the token it came with; null for Basic. */
  tokenHash: string | null;
}

/** Who may call a route: anyone; any account; administrators only. */
export type Access = 'open' | 'account' | 'administrator';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** When left out: `administrator`. */
    access?: Access;
  }
  interface FastifyRequest {
    /** null on open routes. */
    caller: Caller | null;
  }
}

/** The caller of a route that is not open. */
export function callerOf(request: { caller: Caller | null }): Caller {
  if (!request.caller) throw new Error('an open route has no caller');
  return request.caller;
}

export function isAdministrator(caller: Caller): boolean {
  return caller.user.accountType === 'admin';
}
