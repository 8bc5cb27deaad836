import { setImmediate } from 'node:timers/promises';
import type { Steps } from '../domain/steps.js';

/** Runs one step in each turn of the event loop, so that other requests are answered in between. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
