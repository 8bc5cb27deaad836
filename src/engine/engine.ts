import type { Timer } from '../clock.js';
import { Refusal } from '../domain/errors.js';
import {
  type Job,
  type OutcomeRequest,
  type OutcomeResult,
  type Session,
  StoreUnavailable,
} from '../store/store.js';
import { tellAccepted } from './attempt-signals.js';
import { DeliveryOrders } from './delivery-orders.js';
import { Directory } from './directory.js';
import { Dispatcher } from './dispatcher.js';
import type { Engine, EngineFigures } from './door.js';
import { failureOf, HealthNews } from './health-news.js';
import { Jobs, tellJob } from './jobs.js';
import type { Lane } from './lane.js';
import { Lanes } from './lanes.js';
import { DISABLE_AFTER_MS, type EngineLimits, LIMITS, POLL_MS } from './limits.js';
import type { EngineOptions } from './options.js';
import { OtherNodes } from './other-nodes.js';
import { Outcomes } from './outcomes.js';
import { Readiness } from './readiness.js';
import { type SendingAs, sendingAs } from './sending-as.js';
import { SessionKeeper } from './session-keeper.js';
import { EngineSignals } from './signals.js';
import { Upkeep } from './upkeep.js';
import { WebhookReads } from './webhook-reads.js';
import { WebhookTests } from './webhook-tests.js';

/** Room comes back slowly: as deliveries end, or when somebody clears the disk. */
const NO_ROOM_RETRY_AFTER_S = 10;

export function createEngine(options: EngineOptions): Engine {
  return new LaneEngine(options);
}

/** What exists while the engine runs. */
interface Running {
  session: Session;
  as: SendingAs;
  lanes: Lanes;
  dispatcher: Dispatcher;
  tests: WebhookTests;
  readiness: Readiness;
}

class LaneEngine implements Engine {
  readonly #options: EngineOptions;
  readonly #limits: EngineLimits;
  readonly #directory: Directory;
  readonly #reads: WebhookReads;
  readonly #outcomes: Outcomes;
  readonly #upkeep: Upkeep;
  readonly #signals: EngineSignals;
  readonly #news: HealthNews;
  readonly #jobs: Jobs;
  readonly #orders: DeliveryOrders;
  readonly #keeper: SessionKeeper;
  readonly #others: OtherNodes;
  /** An attempt did not begin, since this node might not. */
  #fenced = false;
  /** Of sessions that died under us: what they had under way ends, and is refused. */
  readonly #former = new Map<Running, Promise<unknown>>();
  #running: Running | null = null;
  #poll: Timer | null = null;
  #drained: Promise<void> | null = null;
  #stopped: Promise<void> | null = null;

  constructor(options: EngineOptions) {
    const { store, clock, log } = options;
    this.#options = options;
    this.#limits = { ...LIMITS, ...options.limits };
    this.#directory = new Directory(store.webhooks, clock, (change) => {
      this.#running?.lanes.follow(change);
      if (change.deleted.length > 0) this.#upkeep.endOrphans();
      if (change.changed.length > 0) this.#upkeep.expireHeld();
    });
    this.#reads = new WebhookReads({ directory: this.#directory, clock, log, onRead: () => this.#unfence() });
    this.#outcomes = new Outcomes(store.deliveries, clock, {
      blocked: (error) =>
        log.error({ err: error }, 'the store takes no outcomes: no attempt begins until it does'),
      free: () => {
        log.info('the store takes outcomes again');
        this.#pollNow();
      },
    });
    this.#upkeep = new Upkeep(store, clock, log, options.keepHistoryMs);
    this.#signals =
      options.signals ?? new EngineSignals((error) => log.error({ err: error }, 'a listener failed'));
    this.#news = new HealthNews({ directory: this.#directory, clock, log, signals: this.#signals });
    this.#jobs = new Jobs({
      store: store.jobs,
      clock,
      log,
      signals: this.#signals,
      webhook: (uid) => this.#directory.get(uid)?.webhook,
      session: () => (this.#mayBegin && !this.#outcomes.blocked ? (this.#running?.session ?? null) : null),
      wake: (uid) => this.#running?.lanes.wake(uid),
    });
    this.#orders = new DeliveryOrders({
      store: store.deliveries,
      clock,
      signals: this.#signals,
      session: () => this.#mustRun().session,
      wake: (uid) => this.#running?.lanes.wake(uid),
      drop: (webhookUid, uid) => this.#running?.lanes.drop(webhookUid, uid),
    });
    const { lane, bytes } = this.#limits;
    this.#keeper = new SessionKeeper({
      store: store.deliveries,
      directory: this.#directory,
      clock,
      log,
      limits: { perLane: lane, bytes },
      onTime: (heard) => options.onTime?.(heard),
      onAlive: () => this.#unfence(),
      onReplaced: (session) => this.#replaced(session),
    });
    this.#others = new OtherNodes({
      store: store.nodes,
      clock,
      log,
      read: () => this.#reads.soon(),
      wake: (uid) => this.#running?.lanes.wake(uid),
      amongOthers: () => this.#keeper.amongOthers,
    });
  }

  async start(): Promise<void> {
    if (this.#running || this.#stopped) throw new Error('an engine starts once');
    const session = await this.#keeper.start();
    const as = await sendingAs(this.#options);
    await this.#directory.refresh();
    this.#running = this.#run(session, as);
    this.#running.lanes.start();
    this.#upkeep.start();
    this.#others.start();
    this.#jobs.wake();
    this.#pollNow();
  }

  drain(): Promise<void> {
    this.#drained ??= this.#running ? this.#drain(this.#running) : Promise.resolve();
    return this.#drained;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async accept(request: Parameters<Engine['accept']>[0]): ReturnType<Engine['accept']> {
    const running = this.#mustRun();
    if (this.#options.pressure?.()) throw new Refusal('no-room', '', { retryAfter: NO_ROOM_RETRY_AFTER_S });
    const result = await this.#options.store.deliveries.accept({ session: running.session, ...request });
    if (result.kind === 'accepted') {
      for (const delivery of result.offered) running.lanes.hold(delivery);
      for (const uid of result.spilled) running.lanes.wake(uid);
      tellAccepted(this.#signals, this.#options.clock, request.events, result);
    }
    return result;
  }

  async test({ webhookUid, source }: Parameters<Engine['test']>[0]): ReturnType<Engine['test']> {
    return this.#mustRun().tests.run(webhookUid, source);
  }

  resend(request: Parameters<Engine['resend']>[0]): ReturnType<Engine['resend']> {
    return this.#orders.resend(request);
  }

  cancel(request: Parameters<Engine['cancel']>[0]): ReturnType<Engine['cancel']> {
    return this.#orders.cancel(request);
  }

  jobChanged(job: Job): void {
    tellJob(this.#signals, this.#options.clock, job);
    this.#jobs.wake();
  }

  async ready(): Promise<void> {
    const running = this.#mustRun();
    if (this.#outcomes.blocked) throw new StoreUnavailable('the store takes no outcomes');
    await running.readiness.check();
  }

  figures(): EngineFigures {
    return {
      inFlight: this.#running?.dispatcher.inFlight ?? 0,
      unwritten: this.#outcomes.unwritten,
      lanes: this.#directory.byHealth(),
    };
  }

  webhooksChanged(): Promise<void> {
    return this.#reads.changed();
  }

  get #mayBegin(): boolean {
    return this.#keeper.mayBegin && !this.#reads.isBehind;
  }

  #mustRun(): Running {
    if (!this.#running || this.#stopped) throw new Refusal('stopping', '', { retryAfter: 5 });
    return this.#running;
  }

  #run(session: Session, as: SendingAs): Running {
    const { store, clock, log } = this.#options;
    const directory = this.#directory;
    const outcomes = this.#outcomes;
    const mayBegin = () => {
      this.#fenced ||= !this.#mayBegin;
      return !this.#fenced;
    };
    const lanes = new Lanes({
      store: store.deliveries,
      directory,
      clock,
      log,
      session,
      window: this.#limits.lane,
      mayClaim: () =>
        !this.#stopped && !this.#drained && !outcomes.blocked && mayBegin() && this.#isNow(session),
      onReady: (lane) => dispatcher.enter(lane),
      onReleased: () => this.#upkeep.endOrphans(),
      onMoved: (lane) => dispatcher.moved(lane),
      circuit: { ...this.#options, disableAfterMs: this.#options.disableAfterMs ?? DISABLE_AFTER_MS },
      onHealth: (lane, health, reason) => this.#news.tell(lane, health, reason),
    });
    const dispatcher = new Dispatcher({
      ...this.#options,
      as,
      session,
      directory,
      outcomes,
      mayBegin,
      limits: this.#limits,
      signals: this.#signals,
      onRecorded: (lane, outcome, result) => this.#recorded(lanes, lane, outcome, result),
      onOpened: (lane) => lanes.opened(lane),
      onTooOld: (lane, deliveries) => {
        lanes.expire(deliveries);
        // A probe was among them: another delivery is one instead.
        lane.circuit.probing = false;
        if (lane.circuit.health === 'open') lanes.wake(lane.webhookUid);
        else lanes.fill(lane);
      },
      onFree: (lane) => lanes.fill(lane),
      onFault: (lane, delivery, unrecorded) => {
        // What it did to the circuit is not stored either: with the two apart nothing would be probed.
        const target = unrecorded?.lane ? directory.get(lane.webhookUid) : undefined;
        if (target) lane.circuit.adopt(target.webhook);
        if (lane.known?.ordered) lanes.breakOrder(lane, delivery);
        else lanes.release([delivery], lane);
        lanes.wakeIn(lane.webhookUid, POLL_MS);
      },
    });
    const tests = new WebhookTests({
      ...this.#options,
      as,
      store: store.deliveries,
      session,
      directory,
      outcomes,
      mayBegin,
      signals: this.#signals,
    });
    return {
      session,
      as,
      lanes,
      dispatcher,
      tests,
      readiness: new Readiness(store.deliveries, session, clock),
    };
  }

  #recorded(lanes: Lanes, lane: Lane, outcome: OutcomeRequest, result: OutcomeResult): void {
    const recorded = result.kind === 'recorded' ? result : null;
    if (recorded?.disabled) {
      this.#reads.soon();
      this.#news.tell(lane, 'disabled', outcome.disable);
    }
    if (outcome.lane) this.#circuitStored(lane, outcome, recorded?.laneChanged ?? false);
    // In an ordered lane what did not end goes first again.
    if (lane.known?.ordered && recorded?.dueInMs !== null) lanes.breakOrder(lane);
    if (recorded && recorded.dueInMs !== null) lanes.wakeIn(lane.webhookUid, recorded.dueInMs);
    if (lane.circuit.health === 'open') lanes.wake(lane.webhookUid);
    else lanes.fill(lane);
  }

  #circuitStored(lane: Lane, { lane: change, probe, attempt }: OutcomeRequest, changed: boolean): void {
    if (!change) return;
    // A change of the webhook came between: what is stored counts.
    if (!changed) {
      const target = this.#directory.get(lane.webhookUid);
      if (target) lane.circuit.adopt(target.webhook);
      this.#reads.soon();
      return;
    }
    lane.circuit.stored(change);
    // That a probe failed is no change.
    if (change.health === 'open' && probe) return;
    this.#news.tell(lane, change.health, change.health === 'open' ? failureOf(attempt) : null);
    this.#reads.soon();
  }

  #unfence(): void {
    if (!this.#fenced || !this.#mayBegin) return;
    this.#fenced = false;
    // Probes whose time came meanwhile.
    this.#running?.lanes.start();
    this.#pollNow();
  }

  /** Nothing of the dead session begins any more; what it has under way ends, and its outcomes are refused. */
  #replaced(session: Session): void {
    const former = this.#running;
    if (!former || this.#stopped || this.#drained) return;
    former.lanes.close();
    const ended = Promise.all([former.dispatcher.drain(), former.tests.drain()]);
    this.#former.set(former, ended);
    void ended.then(() => this.#former.delete(former));
    this.#running = this.#run(session, former.as);
    this.#running.lanes.start();
    this.#pollNow();
  }

  #isNow(session: Session): boolean {
    return this.#running === null || this.#running.session === session;
  }

  /** Asks the store which lanes have something for us; sets the next poll. */
  #pollNow(): void {
    const running = this.#running;
    if (!running || this.#stopped) return;
    const { store, clock, log } = this.#options;
    this.#poll?.cancel();
    this.#poll = clock.schedule(POLL_MS, () => this.#pollNow());
    // A change that could not be read when it was made.
    this.#reads.soon();
    running.lanes.releaseAgain();
    store.deliveries.backlog(running.session).then(
      (backlog) => {
        for (const { webhookUid, dueInMs } of backlog) {
          if (dueInMs <= 0) running.lanes.wake(webhookUid);
          else running.lanes.wakeIn(webhookUid, dueInMs);
        }
        running.dispatcher.pump();
      },
      (error: unknown) => {
        if (!this.#stopped) log.warn({ err: error }, 'backlog could not be read');
      },
    );
  }

  async #stop(): Promise<void> {
    await Promise.resolve(); // `#stopped` is set before anything below runs
    const running = this.#running;
    this.#poll?.cancel();
    this.#reads.stop();
    running?.lanes.close();
    this.#others.stop();
    await Promise.all([this.#upkeep.stop(), this.#jobs.stop()]);
    await this.drain();
    await this.#keeper.stop();
  }

  /** Waits for what is under way; after the grace time it is cut off, and stays owed. */
  async #drain({ dispatcher, tests }: Running): Promise<void> {
    // Sockets live in real time, so the grace time does too. It keeps the process alive: nothing else does
    // while outcomes wait for the store.
    const grace = setTimeout(() => {
      this.#options.log.warn(
        { in_flight: dispatcher.inFlight },
        'cutting off attempts that did not end in time',
      );
      this.#outcomes.close();
      this.#options.sender.abortAll();
    }, this.#limits.grace);
    const drained = dispatcher.drain();
    await tests.drain();
    dispatcher.pump(); // it also waits for the outcomes of tests, and is not told of them
    await drained;
    for (const former of this.#former.keys()) former.dispatcher.pump();
    await Promise.all(this.#former.values());
    clearTimeout(grace);
  }
}
