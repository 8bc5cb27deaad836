import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import type { Pressure } from '../domain/pressure.js';
import type { Store } from '../store/store.js';
import type { LogAttempts } from './attempt-log.js';
import type { EngineLimits } from './limits.js';
import type { HeardAnswer } from './receiver-clocks.js';
import type { Sender } from './sender.js';
import type { HeardTime } from './session-keeper.js';
import type { EngineSignals } from './signals.js';

export interface EngineOptions {
  store: Store;
  sender: Sender;
  clock: Clock;
  /** 0 ≤ x < 1 */
  random: () => number;
  log: Logger;
  logAttempts: LogAttempts;
  userAgent: string;
  retryBaseMs: number;
  retryFactor: number;
  /** A webhook that fails for this long is disabled; default 5 days. */
  disableAfterMs?: number;
  /** History older than this is cut, ms; null (default): it is kept for ever. */
  keepHistoryMs?: number | null;
  /** Told what happens; default: nobody. */
  signals?: EngineSignals;
  /** Why no more events are taken in; default: they always are. */
  pressure?: () => Pressure;
  limits?: Partial<EngineLimits>;
  /** Told each attempt that has ended; default: nobody. */
  onAnswer?: (heard: HeardAnswer) => void;
  /** Told the store's time with each heartbeat; default: nobody. */
  onTime?: (heard: HeardTime) => void;
}
