import type { StreamCounts } from '@latchhook/sdk/client';
import { useSyncExternalStore } from 'react';

/** What happened in the last minute, as the stream counts it. */
export interface Beat {
  accepted: number;
  delivered: number;
  failedAttempts: number;
}

const KEPT_MS = 60_000;
const NOTHING: Beat = { accepted: 0, delivered: 0, failedAttempts: 0 };

class Pulse {
  #counts: { at: number; beat: Beat }[] = [];
  #sum = NOTHING;
  #timer: ReturnType<typeof setInterval> | null = null;
  readonly #listeners = new Set<() => void>();

  get sum(): Beat {
    return this.#sum;
  }

  add({ accepted, attempts, ended }: StreamCounts): void {
    const beat = { accepted, delivered: ended.delivered, failedAttempts: attempts.failed };
    // By this clock: the server's may be another.
    this.#counts.push({ at: performance.now(), beat });
    this.#tell();
  }

  clear(): void {
    this.#counts = [];
    this.#tell();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.#tell(), 1000);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0 || this.#timer === null) return;
      clearInterval(this.#timer);
      this.#timer = null;
    };
  };

  #tell(): void {
    const oldest = performance.now() - KEPT_MS;
    this.#counts = this.#counts.filter(({ at }) => at >= oldest);
    const sum = this.#counts.reduce(
      (all, { beat }) => ({
        accepted: all.accepted + beat.accepted,
        delivered: all.delivered + beat.delivered,
        failedAttempts: all.failedAttempts + beat.failedAttempts,
      }),
      NOTHING,
    );
    const same = (Object.keys(NOTHING) as (keyof Beat)[]).every((name) => sum[name] === this.#sum[name]);
    if (same) return;
    this.#sum = sum;
    for (const listener of this.#listeners) listener();
  }
}

export const pulse = new Pulse();

export function usePulse(): Beat {
  return useSyncExternalStore(pulse.subscribe, () => pulse.sum);
}
