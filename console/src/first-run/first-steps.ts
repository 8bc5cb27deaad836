import { useSyncExternalStore } from 'react';
import { BASE_PATH } from '../base.js';

/** Null: they are shown until the first event is delivered. */
export type FirstSteps = 'shown' | 'hidden' | null;

const KEY = `latchhook.first-steps${BASE_PATH}`;

/** Whether somebody asked in this browser to see the first steps, or not to. */
class FirstStepsChoice {
  readonly #listeners = new Set<() => void>();

  get current(): FirstSteps {
    const kept = localStorage.getItem(KEY);
    return kept === 'shown' || kept === 'hidden' ? kept : null;
  }

  set(choice: 'shown' | 'hidden'): void {
    localStorage.setItem(KEY, choice);
    for (const listener of this.#listeners) listener();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export const firstSteps = new FirstStepsChoice();

export function useFirstSteps(): FirstSteps {
  return useSyncExternalStore(firstSteps.subscribe, () => firstSteps.current);
}
