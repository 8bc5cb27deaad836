import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from '../clock.js';
import type { Engine, Signals } from '../engine/door.js';
import type { Reading } from '../engine/pressure.js';
import type { GroupListener } from '../store/group-commit.js';
import type { ListingStore } from '../store/store.js';
import { Backlog } from './backlog.js';
import { processMetrics } from './process.js';
import { WebhookCounts } from './webhook-counts.js';

export interface MetricsParts {
  signals: Signals;
  engine: Pick<Engine, 'figures'>;
  listings: Pick<ListingStore, 'totals' | 'deliveries'>;
  pressure: { readonly reading: Reading };
  clock: Clock;
  /** Webhooks with labels of their own. */
  mostWebhooks: number;
  version: string;
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** A delivery that was held or retried takes hours. */
const LATENCY = [...SECONDS, 60, 300, 1_800, 7_200, 28_800, 86_400];
const COMMIT = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5];
const MEMBERS = [1, 2, 5, 10, 25, 50, 100, 250, 500];
const MS = 1e-3;

/** What machines that watch are told. Counting takes about a microsecond an attempt; all else is done when it is read. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #groups: { members: Histogram; seconds: Histogram };
  readonly #cuts: Counter;
  readonly #stops: (() => void)[] = [];

  constructor() {
    const registers = [this.#registry];
    this.#cuts = new Counter({
      name: 'latchhook_connections_cut_total',
      help: 'Connections that were closed because of a limit, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.#groups = {
      members: new Histogram({
        name: 'latchhook_commit_group_members',
        help: 'What was written together in one transaction.',
        buckets: MEMBERS,
        registers,
      }),
      seconds: new Histogram({
        name: 'latchhook_commit_group_duration_seconds',
        help: 'How long such a transaction took.',
        buckets: COMMIT,
        registers,
      }),
    };
    this.#stops.push(processMetrics(this.#registry));
  }

  /** For the store, which is there before what else is counted. */
  readonly onGroup: GroupListener = (members, ms) => {
    this.#groups.members.observe(members);
    this.#groups.seconds.observe(ms * MS);
  };

  /** For the HTTP server. */
  readonly connectionCut = (reason: string): void => this.#cuts.inc({ reason });

  follow(parts: MetricsParts): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'latchhook_build_info',
      help: '1, with the version as its label.',
      labelNames: ['version'],
      registers,
    }).set({ version: parts.version }, 1);
    this.#countEvents(parts);
    this.#countAttempts(parts);
    this.#readStates(parts);
    this.#readEngine(parts);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #countEvents({ signals }: MetricsParts): void {
    const registers = [this.#registry];
    const accepted = new Counter({
      name: 'latchhook_events_accepted_total',
      help: 'Events that were taken in by this process.',
      registers,
    });
    const changes = new Counter({
      name: 'latchhook_health_changes_total',
      help: 'Changes of the health of webhooks, by what it became.',
      labelNames: ['health'],
      registers,
    });
    this.#stops.push(
      signals.on('accepted', ({ events }) => accepted.inc(events.length)),
      signals.on('health', ({ health }) => changes.inc({ health })),
    );
  }

  #countAttempts({ signals, mostWebhooks }: MetricsParts): void {
    const registers = [this.#registry];
    const attempts = new Counter({
      name: 'latchhook_attempts_total',
      help: 'Attempts by outcome: success, status (an answer that is not 2xx), or the kind of the failure.',
      labelNames: ['outcome', 'kind'],
      registers,
    });
    const duration = new Histogram({
      name: 'latchhook_attempt_duration_seconds',
      help: 'How long attempts took.',
      labelNames: ['result'],
      buckets: SECONDS,
      registers,
    });
    const latency = new Histogram({
      name: 'latchhook_delivery_latency_seconds',
      help: 'From the acceptance of an event to its delivery, retries and holding included.',
      buckets: LATENCY,
      registers,
    });
    for (const result of ['success', 'failure']) duration.zero({ result });
    // Looking a label up costs more than counting.
    const [succeeded, failed] = [duration.labels('success'), duration.labels('failure')];
    const usual = attempts.labels('success', 'delivery');
    const webhooks = new WebhookCounts(mostWebhooks, this.#registry);
    this.#stops.push(
      signals.on('attempt', ({ webhookUid, error, durationMs, probe, test }) => {
        const kind = test ? 'test' : probe ? 'probe' : 'delivery';
        if (error === null && kind === 'delivery') usual.inc();
        else attempts.inc({ outcome: error ?? 'success', kind });
        (error === null ? succeeded : failed).observe(durationMs * MS);
        webhooks.count(webhookUid, error === null);
      }),
      signals.on('ended', ({ state, acceptedAt, at, test }) => {
        // Of a clock that was set back in between nothing is known.
        if (state === 'delivered' && !test && at >= acceptedAt) latency.observe((at - acceptedAt) * MS);
      }),
    );
  }

  #readStates({ listings, clock }: MetricsParts): void {
    const backlog = new Backlog(listings, clock);
    const registers = [this.#registry];
    new Gauge({
      name: 'latchhook_deliveries',
      help: 'Deliveries that are kept, by state; pending and retrying ones are open.',
      labelNames: ['state'],
      registers,
      async collect() {
        for (const [state, count] of Object.entries(await backlog.totals())) this.set({ state }, count);
      },
    });
    new Gauge({
      name: 'latchhook_backlog_deliveries',
      help: 'Open deliveries.',
      registers,
      async collect() {
        const { pending, retrying } = await backlog.totals();
        this.set(pending + retrying);
      },
    });
    new Gauge({
      name: 'latchhook_backlog_oldest_age_seconds',
      help: 'How long ago the oldest open delivery of an enabled webhook was accepted; 0 when there is none.',
      registers,
      async collect() {
        this.set((await backlog.oldestAgeMs()) * MS);
      },
    });
  }

  #readEngine({ engine, pressure }: MetricsParts): void {
    const registers = [this.#registry];
    new Gauge({
      name: 'latchhook_lanes',
      help: 'Webhooks by health; disabled ones are in no other.',
      labelNames: ['health'],
      registers,
      collect() {
        for (const [health, count] of Object.entries(engine.figures().lanes)) this.set({ health }, count);
      },
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge('latchhook_attempts_in_flight', 'Attempts under way.', () => engine.figures().inFlight);
    gauge(
      'latchhook_outcomes_unwritten',
      'Outcomes on their way to the store.',
      () => engine.figures().unwritten,
    );
    gauge(
      'latchhook_disk_free_bytes',
      'Free on the disk of the embedded store, as read last; NaN where the data lie elsewhere.',
      () => pressure.reading.freeBytes ?? Number.NaN,
    );
    new Gauge({
      name: 'latchhook_pressure',
      help: '1 for the reason why no more events are taken in.',
      labelNames: ['reason'],
      registers,
      collect() {
        for (const reason of ['disk', 'backlog'])
          this.set({ reason }, pressure.reading.pressure === reason ? 1 : 0);
      },
    });
  }
}
