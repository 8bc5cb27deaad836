import type { Clock } from '../clock.js';
import type { AttemptErrorKind, NextStep } from '../domain/delivery.js';
import {
  afterFailure,
  DRAIN_MS,
  drainRate,
  type Health,
  NO_STREAK,
  opens,
  probeDelay,
  type Streak,
} from '../domain/health.js';
import { MAX_DELAY_MS } from '../domain/retry.js';
import type { Webhook } from '../domain/webhook.js';
import type { LaneChange, OutcomeRequest } from '../store/store.js';

export interface CircuitRules {
  clock: Clock;
  retryBaseMs: number;
  retryFactor: number;
  /** A webhook that fails for this long is disabled. */
  disableAfterMs: number;
}

/** An attempt that ended, and what it would come to without a circuit. */
export interface Made {
  deliveryUid: number;
  responseStatus: number | null;
  errorKind: AttemptErrorKind | null;
  retryAfter: string | null;
  next: NextStep;
  disable: OutcomeRequest['disable'];
}

export type Judgement = Pick<OutcomeRequest, 'next' | 'disable' | 'probe' | 'lane'>;

/** How one webhook's circuit stands, as its lane knows it: failures are counted here, and nowhere else. */
export class Circuit {
  readonly #rules: CircuitRules;
  health: Health = 'healthy';
  /** A probe is in hand or under way. */
  probing = false;
  /** ms, wall clock; while it is open. */
  failingSince: number | null = null;
  #streak: Streak = NO_STREAK;
  #probes = 0;
  /** By the monotonic clock. */
  #probeAt = 0;
  #drainsFrom = 0;

  constructor(rules: CircuitRules) {
    this.#rules = rules;
  }

  /** Takes over how the store has it. */
  adopt(webhook: Webhook): void {
    const { clock } = this.#rules;
    this.health = webhook.health;
    this.failingSince = webhook.failingSince;
    this.#probes = webhook.probes;
    this.probing = false;
    this.#drainsFrom = clock.monotonic();
    const dueIn = (webhook.nextProbeAt ?? 0) - clock.now();
    // Further away than any delay: the clock was set back.
    this.#probeAt = clock.monotonic() + (dueIn > MAX_DELAY_MS ? 0 : Math.max(0, dueIn));
  }

  /** Another receiver, or a person's word: what failed until now says nothing. */
  reset(webhook: Webhook): void {
    this.#streak = NO_STREAK;
    this.adopt(webhook);
  }

  /** ms until a probe may go out. */
  probeInMs(): number {
    return Math.max(0, this.#probeAt - this.#rules.clock.monotonic());
  }

  /** ms until there is no limit on what drains. */
  drainedInMs(): number {
    return Math.max(0, this.#drainsFrom + DRAIN_MS - this.#rules.clock.monotonic());
  }

  /** Attempts that may begin in a second while it drains; null: any number. */
  rate(): number | null {
    if (this.health !== 'draining') return null;
    return drainRate(this.#rules.clock.monotonic() - this.#drainsFrom);
  }

  /** Decides what an attempt does to the circuit. It opens at once, before that is stored. */
  judge(made: Made, probe: boolean): Judgement {
    const { next, disable } = made;
    const plain: Judgement = { next, disable, probe, lane: null };
    if (next.state === 'delivered') {
      this.#streak = NO_STREAK;
      return probe && this.health === 'open' ? { ...plain, lane: { health: 'draining' } } : plain;
    }
    if (disable !== null) return plain;
    if (probe) return this.#judgeProbe(made);
    // Those that were under way when it opened say nothing new.
    if (this.health === 'open') return plain;
    const nowMs = this.#rules.clock.now();
    this.#streak = afterFailure(this.#streak, { ...made, nowMs });
    if (!opens(this.#streak)) return plain;
    const lane = this.#open(Math.max(0, nowMs - this.#streak.since), made.retryAfter);
    return { ...plain, lane };
  }

  /** The store has taken the change over. */
  stored(change: LaneChange): void {
    const { clock } = this.#rules;
    this.health = change.health;
    if (change.health === 'open') {
      // When the next probe goes out was set as it was decided: the store's time is a little later.
      this.#probes = change.probes;
      return;
    }
    this.failingSince = null;
    this.#probes = 0;
    this.#streak = NO_STREAK;
    this.#drainsFrom = clock.monotonic();
  }

  #open(failingForMs: number, retryAfter: string | null): LaneChange {
    const { clock } = this.#rules;
    this.health = 'open';
    this.failingSince = clock.now() - failingForMs;
    const probeInMs = this.#delay(0, retryAfter);
    this.#probeAt = clock.monotonic() + probeInMs;
    return { health: 'open', probeInMs, probes: 0, failingForMs };
  }

  #judgeProbe({ retryAfter }: Made): Judgement {
    const probes = this.#probes + 1;
    const probeInMs = this.#delay(probes, retryAfter);
    // Due behind all that was not tried yet, so that the next probe is another delivery.
    const next: NextStep = { state: 'retrying', delayMs: probeInMs };
    const failingForMs = this.#rules.clock.now() - (this.failingSince ?? this.#rules.clock.now());
    if (failingForMs >= this.#rules.disableAfterMs) {
      return { next, disable: 'failing-too-long', probe: true, lane: null };
    }
    this.#probeAt = this.#rules.clock.monotonic() + probeInMs;
    return { next, disable: null, probe: true, lane: { health: 'open', probeInMs, probes, failingForMs } };
  }

  #delay(probes: number, retryAfter: string | null): number {
    const { clock, retryBaseMs, retryFactor } = this.#rules;
    return probeDelay({ probes, retryBaseMs, retryFactor, retryAfter, nowMs: clock.now() });
  }
}
