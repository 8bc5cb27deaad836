import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const NANO = 1e-9;
const MICRO = 1e-6;

/** What the process itself uses. Returns how to stop looking. */
export function processMetrics(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
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
    help: 'How late timers are, by quantile, since it was read last.',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const quantile of [0.5, 0.99]) {
        const late = delay.count > 0 ? delay.percentile(quantile * 100) : 0;
        this.set({ quantile: String(quantile) }, late * NANO);
      }
      this.set({ quantile: '1' }, delay.count > 0 ? delay.max * NANO : 0);
      delay.reset();
    },
  });
  return () => delay.disable();
}
