import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const NANO = 1e-9;
const MICRO = 1e-6;
const MILLI = 1e-3;
/** Between two timers that are watched. */
const RESOLUTION_MS = 10;

/**
 * @param between ns from one timer to the next, which are `RESOLUTION_MS` apart
 * @returns s
 */
export function lateBy(between: number): number {
  return Math.max(0, between * NANO - RESOLUTION_MS * MILLI);
}

/** What the process itself uses. Returns how to stop looking. */
export function processMetrics(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const gauge = (name: string, help: string, read: () => number) => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time used, user and system.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) * MICRO);
    },
  });
  gauge('process_resident_memory_bytes', 'Memory in use.', () => process.memoryUsage.rss());
  gauge('process_uptime_seconds', 'Since the process began.', () => process.uptime());
  new Gauge({
    name: 'latchhook_event_loop_lag_seconds',
    help: 'How late timers are, by percentile, since it was read last; 100 is the latest.',
    labelNames: ['percentile'],
    registers: [registry],
    collect() {
      for (const percentile of [50, 99, 100]) {
        const between = delay.count > 0 ? delay.percentile(percentile) : 0;
        this.set({ percentile: String(percentile) }, lateBy(between));
      }
      delay.reset();
    },
  });
  return () => delay.disable();
}
