import type { Actor } from '../domain/actor.js';
import type { Access, Rights } from '../domain/rights.js';

/** Who is asking: an account or an API key. */
export interface Caller {
  /** As the audit trail names them; the name is the default source of their events. */
  actor: Actor;
  rights: Rights;
  /** Names the credential for idempotency keys, and the account for its place in the log: `user:1`, `key:7`. */
  credential: string;
  /** Hex SHA-256 of the log-in token it came with; null for Basic and for keys. */
  tokenHash: string | null;
}

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
  return caller.rights.administer;
}
