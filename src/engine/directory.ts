import type { Clock } from '../clock.js';
import { type Echo, echoesOf } from '../domain/echo-forms.js';
import { type Signer, signer } from '../domain/signature.js';
import { DEFAULT_TIMEOUT_MS, type Webhook } from '../domain/webhook.js';
import { ownHeaders } from '../domain/webhook-rules.js';
import type { WebhookStore } from '../store/store.js';

/** A webhook's current version, made ready for sending. */
export interface Target {
  webhook: Webhook;
  /** Scheme, host and port: what connections and their limits go by. */
  origin: string;
  timeoutMs: number;
  ownHeaders: [name: string, value: string][];
  signer: Signer | null;
  /** What no record of an answer may show. */
  echoes: Echo[];
}

/** What changed with a refresh. */
export interface DirectoryChange {
  changed: Target[];
  deleted: number[];
}

/**
 * The current version of every webhook, as far as this node knows: the store decides, this follows.
 * Refreshes run one after the other, so that a caller whose change is committed sees it when its own
 * refresh resolves, even if another one was under way.
 */
export class Directory {
  readonly #store: WebhookStore;
  readonly #clock: Clock;
  readonly #onChange: (change: DirectoryChange) => void;
  readonly #targets = new Map<number, Target>();
  #generation = 0;
  #last: Promise<void> = Promise.resolve();
  #queued: Promise<void> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(store: WebhookStore, clock: Clock, onChange: (change: DirectoryChange) => void) {
    this.#store = store;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** The target of a webhook; `undefined` when it is deleted or not yet known. */
  get(webhookUid: number): Target | undefined {
    return this.#targets.get(webhookUid);
  }

  /** ms, monotonic: all that was committed before is known here. */
  get readAt(): number {
    return this.#readAt;
  }

  all(): Iterable<Target> {
    return this.#targets.values();
  }

  /** How many stand how. */
  byHealth(): Record<'healthy' | 'open' | 'draining' | 'disabled', number> {
    const counts = { healthy: 0, open: 0, draining: 0, disabled: 0 };
    for (const { webhook } of this.all())
      counts[webhook.status === 'disabled' ? 'disabled' : webhook.health]++;
    return counts;
  }

  /** One that has not begun serves all who ask meanwhile. */
  refresh(): Promise<void> {
    if (this.#queued) return this.#queued;
    const load = () => {
      this.#queued = null;
      return this.#load();
    };
    this.#queued = this.#last.then(load, load);
    this.#last = this.#queued;
    return this.#queued;
  }

  async #load(): Promise<void> {
    const begunAt = this.#clock.monotonic();
    const { generation, changed, deleted } = await this.#store.changesSince(this.#generation);
    const targets = changed.map(prepare);
    for (const target of targets) this.#targets.set(target.webhook.uid, target);
    for (const uid of deleted) this.#targets.delete(uid);
    this.#generation = generation;
    this.#readAt = begunAt;
    if (targets.length > 0 || deleted.length > 0) this.#onChange({ changed: targets, deleted });
  }
}

function prepare(webhook: Webhook): Target {
  const own = ownHeaders(webhook.headers);
  return {
    webhook,
    origin: new URL(webhook.url).origin,
    timeoutMs: webhook.timeout ?? DEFAULT_TIMEOUT_MS,
    ownHeaders: own,
    signer: webhook.secret === null ? null : signer(webhook.secret),
    echoes: echoesOf(webhook.secret, own),
  };
}
