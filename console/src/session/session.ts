import { useSyncExternalStore } from 'react';
import { BASE_PATH } from '../base.js';

export interface Session {
  token: string;
  username: string;
  accountType: 'admin' | 'user';
}

type Message = { kind: 'ask' } | { kind: 'have'; session: Session } | { kind: 'ended' };

/** Under other paths of the same origin may be other servers. */
const KEY = `latchhook.session${BASE_PATH}`;
const ANSWER_WITHIN_MS = 80;

/**
 * Who is logged in, in all tabs. The token is kept in each tab's `sessionStorage` and not in `localStorage`: it
 * is gone with the last tab, so that nobody finds it on the computer at the reception in the morning. A new tab
 * asks the others for it.
 */
class SessionStore {
  #current: Session | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #tabs = new BroadcastChannel(KEY);

  get current(): Session | null {
    return this.#current;
  }

  /** Resolves once it is known who is logged in. */
  async restore(): Promise<void> {
    this.#current = read();
    const answered = new Promise<void>((resolve) => {
      this.#tabs.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data.kind === 'ask' && this.#current) this.#tell({ kind: 'have', session: this.#current });
        if (data.kind === 'have' && !this.#current) this.#set(data.session);
        if (data.kind === 'ended' && this.#current) this.#set(null);
        if (data.kind === 'have') resolve();
      };
    });
    if (this.#current) return;
    this.#tell({ kind: 'ask' });
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS))]);
  }

  begin(session: Session): void {
    this.#set(session);
    this.#tell({ kind: 'have', session });
  }

  /** Here and in all tabs. The server is told by whoever logs out. */
  end(): void {
    this.#set(null);
    this.#tell({ kind: 'ended' });
  }

  /** The token counts no more. */
  forget(): void {
    if (this.#current) this.#set(null);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #set(session: Session | null): void {
    this.#current = session;
    if (session) sessionStorage.setItem(KEY, JSON.stringify(session));
    else sessionStorage.removeItem(KEY);
    for (const listener of this.#listeners) listener();
  }

  #tell(message: Message): void {
    this.#tabs.postMessage(message);
  }
}

function read(): Session | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    return isSession(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isSession(kept: unknown): kept is Session {
  return typeof kept === 'object' && kept !== null && 'token' in kept && typeof kept.token === 'string';
}

export const session = new SessionStore();

export function useSession(): Session | null {
  return useSyncExternalStore(session.subscribe, () => session.current);
}

/** Whether to show what changes something: the API would refuse a `user`. */
export function useMayChange(): boolean {
  return useSession()?.accountType === 'admin';
}
