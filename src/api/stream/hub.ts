import type { Writable } from 'node:stream';
import type { Clock, Timer } from '../../clock.js';
import type { Signals } from '../../engine/door.js';
import type { StreamMessages } from '../contract/stream.js';
import type { RandomBytes } from '../parts.js';
import { StreamClient } from './client.js';
import {
  acceptedMessage,
  attemptMessage,
  endedMessage,
  healthMessage,
  jobMessage,
  messageText,
} from './messages.js';
import { Tally } from './tally.js';

/** How often everything is counted up for the clients; budgets are for as long. */
const SECOND_MS = 1_000;
/**
 * Messages told one by one in a second: of what goes well, of what fails, and of health and jobs. A browser that shows each of ten
 * thousand would do nothing else; the others are in the counts.
 */
const BUDGET = { routine: 40, notable: 40, state: 100 } as const;
/** How long messages are numbered on without anybody listening, for a client that comes again. */
const LINGER_MS = 60_000;

type Weight = keyof typeof BUDGET;

/**
 * Tells all clients what the engine tells. Each message is made once. While nobody listens, and nobody has for a
 * minute, the engine's signals are not followed, and cost nothing.
 */
export class StreamHub {
  readonly #signals: Signals;
  readonly #clock: Clock;
  readonly #randomBytes: RandomBytes;
  readonly #clients = new Set<StreamClient>();
  #unfollow: (() => void)[] = [];
  #run = '';
  #told = 0;
  #tally: Tally | null = null;
  #left = { ...BUDGET } as Record<Weight, number>;
  #second: Timer | null = null;
  #linger: Timer | null = null;

  constructor(signals: Signals, clock: Clock, randomBytes: RandomBytes) {
    this.#signals = signals;
    this.#clock = clock;
    this.#randomBytes = randomBytes;
  }

  /**
   * @param head goes before everything
   * @param lastEventId of the client's former connection; null: it had none
   */
  add(to: Writable, head: string, lastEventId: string | null): StreamClient {
    this.#follow();
    const client = new StreamClient(to, (count) => this.#text('dropped', { count }));
    this.#clients.add(client);
    const hello = { at: this.#clock.now(), missed: this.#missed(lastEventId) };
    client.write(head + this.#text('hello', hello));
    return client;
  }

  /** Twice is fine. */
  remove(client: StreamClient): void {
    if (!this.#clients.delete(client)) return;
    if (this.#clients.size > 0 || this.#linger) return;
    this.#linger = this.#clock.schedule(LINGER_MS, () => {
      this.#linger = null;
      this.#leave();
    });
  }

  /** Ends every connection. */
  close(): void {
    for (const client of this.#clients) client.end();
    this.#clients.clear();
    this.#leave();
  }

  #follow(): void {
    this.#linger?.cancel();
    this.#linger = null;
    if (this.#unfollow.length > 0) return;
    this.#run = Buffer.from(this.#randomBytes(6)).toString('hex');
    this.#told = 0;
    this.#unfollow = [
      this.#signals.on('health', (told) => {
        if (this.#affords('state')) this.#tell('health', healthMessage(told));
      }),
      this.#signals.on('job', (told) => {
        if (this.#affords('state')) this.#tell('job', jobMessage(told));
      }),
      this.#signals.on('accepted', (told) => {
        if (told.events.length === 0) return;
        this.#counting().accepted += told.events.length;
        if (this.#affords('routine')) this.#tell('accepted', acceptedMessage(told));
      }),
      this.#signals.on('attempt', (told) => {
        this.#counting().attempt(told);
        if (this.#affords(told.error === null ? 'routine' : 'notable'))
          this.#tell('attempt', attemptMessage(told));
      }),
      this.#signals.on('ended', (told) => {
        this.#counting().ended(told);
        if (this.#affords(told.state === 'delivered' ? 'routine' : 'notable'))
          this.#tell('ended', endedMessage(told));
      }),
    ];
  }

  #leave(): void {
    for (const stop of this.#unfollow.splice(0)) stop();
    this.#linger?.cancel();
    this.#second?.cancel();
    this.#linger = null;
    this.#second = null;
    this.#tally = null;
    this.#left = { ...BUDGET };
  }

  #tell<K extends keyof StreamMessages>(event: K, data: StreamMessages[K]): void {
    this.#told++;
    const text = this.#text(event, data);
    for (const client of this.#clients) client.write(text);
  }

  #text<K extends keyof StreamMessages>(event: K, data: StreamMessages[K]): string {
    return messageText(event, `${this.#run}-${this.#told}`, data);
  }

  /** Messages since then; what was only counted is not among them. */
  #missed(lastEventId: string | null): number | null {
    if (lastEventId === null) return 0;
    const [, run, told] = /^([0-9a-f]{12})-(\d{1,15})$/.exec(lastEventId) ?? [];
    const count = this.#told - Number(told);
    return run === this.#run && count >= 0 ? count : null;
  }

  #affords(weight: Weight): boolean {
    const tally = this.#counting();
    if (this.#left[weight] > 0) {
      this.#left[weight]--;
      return true;
    }
    tally.omitted++;
    return false;
  }

  /** The first thing that happens begins a second. */
  #counting(): Tally {
    if (this.#tally) return this.#tally;
    this.#tally = new Tally(this.#clock.now());
    this.#second = this.#clock.schedule(SECOND_MS, () => this.#count());
    return this.#tally;
  }

  #count(): void {
    const tally = this.#tally;
    this.#tally = null;
    this.#second = null;
    this.#left = { ...BUDGET };
    if (tally) this.#tell('counts', tally.counts(this.#clock.now()));
  }
}
