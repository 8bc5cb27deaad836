import type { Logger } from 'pino';
import type { Clock, Timer } from '../clock.js';
import { type RequestForm, requestForm } from '../domain/request-form.js';
import { requestHeaders } from '../domain/request-headers.js';
import { type Signer, signer } from '../domain/signature.js';
import { withoutQuery } from '../domain/url.js';
import type { Sender } from './sender.js';
import type { EngineSignals, SignalKinds } from './signals.js';

export interface OperatorOptions {
  url: string;
  /** null: not signed. */
  secret: string | null;
  sender: Sender;
  clock: Clock;
  log: Logger;
  userAgent: string;
  retryBaseMs: number;
  retryFactor: number;
}

/** ms; as the panels' webhooks have it. */
const TIMEOUT_MS = 10_000;
const ATTEMPTS = 5;
/** News that wait for their turn or their next attempt; beyond it the oldest are given up. */
const MOST_WAITING = 1_000;
/** At a time, so that a building that fails at once is no flood. */
const MOST_UNDER_WAY = 4;

type News = SignalKinds['health'];

interface Message {
  id: number;
  news: News;
  body: Buffer;
  attempts: number;
}

/**
 * Tells an operator about changes of health, by an HTTP request like a delivery: signed, guarded, tried again.
 * It is none: nothing is stored, and what is not told when the process ends is in the log.
 */
export class OperatorNews {
  readonly #options: OperatorOptions;
  readonly #signer: Signer | null;
  readonly #form: RequestForm;
  readonly #own: string;
  /** Failed, and not yet due again, in the order in which they failed. */
  readonly #failed = new Map<Message, Timer>();
  #waiting: Message[] = [];
  #underWay = 0;
  #lastId = 0;
  #stopped = false;

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#signer = options.secret === null ? null : signer(options.secret);
    this.#form = requestForm(options.userAgent);
    this.#own = withoutQuery(options.url);
  }

  /** @returns how to stop it */
  follow(signals: EngineSignals): () => void {
    const unfollow = signals.on('health', (news) => this.#tell(news));
    return () => {
      this.#stopped = true;
      unfollow();
      for (const timer of this.#failed.values()) timer.cancel();
      this.#failed.clear();
      this.#waiting = [];
    };
  }

  #tell(news: News): void {
    // A receiver is not told of its own failure: it would not hear it, and every try would be one more.
    if (news.url === this.#own) return;
    const { webhookUid, url, health, reason, at } = news;
    const told = { event: 'webhook.health', webhook_uid: webhookUid, url, health, reason, at };
    this.#waiting.push({ id: ++this.#lastId, news, body: Buffer.from(JSON.stringify(told)), attempts: 0 });
    if (this.#waiting.length + this.#failed.size > MOST_WAITING) this.#giveUpOldest();
    this.#pump();
  }

  /** What has failed already is the oldest, mostly. */
  #giveUpOldest(): void {
    const [failed] = this.#failed.keys();
    if (failed) {
      this.#failed.get(failed)?.cancel();
      this.#failed.delete(failed);
    } else this.#waiting.shift();
    this.#options.log.warn({ most: MOST_WAITING }, 'the operator is not told of a change of health');
  }

  #pump(): void {
    while (!this.#stopped && this.#underWay < MOST_UNDER_WAY) {
      const message = this.#waiting.shift();
      if (!message) return;
      this.#underWay++;
      void this.#send(message).finally(() => {
        this.#underWay--;
        this.#pump();
      });
    }
  }

  async #send(message: Message): Promise<void> {
    const { sender, clock, log, url } = this.#options;
    message.attempts++;
    const { body, news, attempts } = message;
    const headers = requestHeaders(this.#form, {
      ownHeaders: [],
      signer: this.#signer,
      messageId: `op_${news.at}_${message.id}`,
      body,
      attemptNumber: attempts,
      atMs: clock.now(),
      eventCreatedAt: news.at,
      resend: false,
    });
    const answer = await sender.send({ url, headers, body, timeoutMs: TIMEOUT_MS });
    if (answer.error === null || answer.error.kind === 'aborted' || this.#stopped) return;
    const line = {
      webhook_uid: news.webhookUid,
      health: news.health,
      attempt: attempts,
      error: answer.error.kind,
    };
    if (attempts >= ATTEMPTS) {
      log.warn(line, 'the operator could not be told of a change of health');
      return;
    }
    this.#later(message);
  }

  #later(message: Message): void {
    const { clock, retryBaseMs, retryFactor } = this.#options;
    const timer = clock.schedule(retryBaseMs * retryFactor ** (message.attempts - 1), () => {
      this.#failed.delete(message);
      this.#waiting.push(message);
      this.#pump();
    });
    this.#failed.set(message, timer);
    if (this.#waiting.length + this.#failed.size > MOST_WAITING) this.#giveUpOldest();
  }
}
