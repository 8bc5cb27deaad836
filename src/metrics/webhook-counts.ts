import { Counter, type Registry } from 'prom-client';

interface Counts {
  success: number;
  failure: number;
}

/**
 * Attempts by webhook. The first webhooks that are attempted have labels of their own, which stay theirs; all
 * others are counted together, so that ten thousand webhooks do not make twenty thousand series.
 */
export class WebhookCounts {
  readonly #most: number;
  readonly #own = new Map<number, Counts>();
  readonly #other: Counts = { success: 0, failure: 0 };

  constructor(most: number, registry: Registry) {
    this.#most = most;
    const written = () => [...this.#own, ['other', this.#other] as const];
    new Counter({
      name: 'latchhook_webhook_attempts_total',
      help: 'Attempts by webhook and result; those past the limit of labels under `other`.',
      labelNames: ['webhook_uid', 'result'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [uid, counts] of written()) {
          this.inc({ webhook_uid: String(uid), result: 'success' }, counts.success);
          this.inc({ webhook_uid: String(uid), result: 'failure' }, counts.failure);
        }
      },
    });
  }

  count(webhookUid: number, succeeded: boolean): void {
    this.#of(webhookUid)[succeeded ? 'success' : 'failure']++;
  }

  #of(webhookUid: number): Counts {
    const own = this.#own.get(webhookUid);
    if (own) return own;
    if (this.#own.size >= this.#most) return this.#other;
    const fresh = { success: 0, failure: 0 };
    this.#own.set(webhookUid, fresh);
    return fresh;
  }
}
