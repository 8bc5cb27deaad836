import { useSyncExternalStore } from 'react';

type Listener = () => void;

/** Whether the server answers, as the calls find it out. */
class ConnectionState {
  #lost = false;
  readonly #listeners = new Set<Listener>();

  get lost(): boolean {
    return this.#lost;
  }

  set(lost: boolean): void {
    if (this.#lost === lost) return;
    this.#lost = lost;
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const connection = new ConnectionState();

export function useConnectionLost(): boolean {
  return useSyncExternalStore(connection.subscribe, () => connection.lost);
}

/** What a proxy says when the server behind it is gone. */
const UNREACHABLE = new Set([502, 504]);

/** `fetch` that tells `connection` how it went; what was aborted says nothing. */
export const watchedFetch: typeof fetch = async (input, init) => {
  try {
    const response = await fetch(input, init);
    connection.set(UNREACHABLE.has(response.status));
    return response;
  } catch (error) {
    if (!init?.signal?.aborted) connection.set(true);
    throw error;
  }
};
