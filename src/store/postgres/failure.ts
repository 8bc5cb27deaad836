import postgres from 'postgres';
import { StoreUnavailable } from '../store.js';

/** What the driver says when there is no connection, or none any more. */
const CONNECTION =
  /^(CONNECT|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL)/;

/** SQLSTATEs after which a connection is of no use. */
const CONNECTION_STATES = new Set(['25006', '25P03', '57P01', '57P02', '57P03', '57P05']);

export function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

function isServers(error: unknown): boolean {
  return error instanceof postgres.PostgresError;
}

/** The connection is lost, or its server is no primary (any more). */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  if (code === null) return false;
  if (!isServers(error)) return CONNECTION.test(code);
  return code.startsWith('08') || CONNECTION_STATES.has(code);
}

/** Two transactions were in each other's way, and this one was chosen to go again. */
export function isCollision(error: unknown): boolean {
  const code = codeOf(error);
  return isServers(error) && (code === '40001' || code === '40P01');
}

/** A row lies beyond the last partition. */
export function isBeyondPartitions(error: unknown): boolean {
  return isServers(error) && codeOf(error) === '23514' && String(error).includes('no partition');
}

/** A name or address that is taken: the unique index `constraint` says so. */
export function isDuplicate(error: unknown, constraint: string): boolean {
  return (
    error instanceof postgres.PostgresError && error.code === '23505' && error.constraint_name === constraint
  );
}

/** The server's own words, where it has any: what a pool before the database refuses, only it can say. */
function said(error: unknown, code: string): string {
  return isServers(error) ? `${(error as Error).message}, ${code}` : code;
}

/** Turns what says "not now" into `StoreUnavailable`; anything else is returned as it is. */
export function translated(error: unknown, inDoubt = false): unknown {
  if (error instanceof StoreUnavailable) return error;
  const code = codeOf(error);
  if (code === null) return error;
  if (isLost(error))
    return new StoreUnavailable(`the database does not answer (${said(error, code)})`, {
      cause: error,
      inDoubt,
    });
  if (!isServers(error)) return error;
  if (code === '53100') return new StoreUnavailable("the database's disk is full", { cause: error });
  if (code.startsWith('53'))
    return new StoreUnavailable(`the database is at its limits (${said(error, code)})`, { cause: error });
  if (code === '57014' || code === '55P03') {
    return new StoreUnavailable('the database did not answer in time', { cause: error });
  }
  if (isCollision(error)) {
    return new StoreUnavailable('the database is too busy: transactions keep colliding', { cause: error });
  }
  return error;
}
