/** Who changes something, as the audit trail names them. */
export interface Actor {
  /** An account, an API key, Latchhook itself, or the command line beside it. */
  kind: 'user' | 'key' | 'system' | 'cli';
  /** Of the account or key; null for the others, and for a log-in that failed. */
  uid: number | null;
  /** As it was then. */
  name: string;
  /** IP address that the request came from; null where there was none. */
  address: string | null;
}

export const ACTOR_KINDS = ['user', 'key', 'system', 'cli'] as const satisfies readonly Actor['kind'][];

/** What the server does by itself. */
export const SYSTEM: Actor = { kind: 'system', uid: null, name: 'latchhook', address: null };
