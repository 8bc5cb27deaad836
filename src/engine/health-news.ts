import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Attempt } from '../domain/delivery.js';
import { withoutQuery } from '../domain/url.js';
import type { Directory } from './directory.js';
import type { Lane } from './lane.js';
import type { EngineSignals, ToldHealth } from './signals.js';

/** Tells each change of a webhook's health, once: a line of the log, and the signal that others follow. */
export class HealthNews {
  readonly #directory: Directory;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #signals: EngineSignals;

  constructor(parts: { directory: Directory; clock: Clock; log: Logger; signals: EngineSignals }) {
    this.#directory = parts.directory;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#signals = parts.signals;
  }

  /** @param reason in a word; null: it answers again */
  tell(lane: Lane, health: ToldHealth, reason: string | null): void {
    const { webhookUid, circuit } = lane;
    const open = health === 'open';
    const now = this.#clock.now();
    const news = {
      webhookUid,
      url: withoutQuery(this.#directory.get(webhookUid)?.webhook.url ?? ''),
      health,
      reason,
      failingSince: open ? circuit.failingSince : null,
      nextProbeAt: open ? Math.round(now + circuit.probeInMs()) : null,
      at: now,
    };
    const line = {
      webhook_uid: webhookUid,
      url: news.url,
      health,
      reason,
      failing_since: news.failingSince,
      next_probe_at: news.nextProbeAt,
    };
    if (open || health === 'disabled') this.#log.warn(line, 'health');
    else this.#log.info(line, 'health');
    this.#signals.emit('health', () => news);
  }
}

/** In a word: `status-503`, `refused`, … */
export function failureOf({ error, responseStatus }: Attempt): string {
  return responseStatus === null ? (error?.kind ?? 'unknown') : `status-${responseStatus}`;
}
