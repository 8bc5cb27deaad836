import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Pressure } from '../domain/pressure.js';
import type { ClockReading, EgressGuard, Engine, Signals } from '../engine/door.js';
import type { Log } from '../log.js';
import type { Store } from '../store/store.js';
import type { CutReason } from './connection-cuts.js';
import type { HttpLimits } from './http-server.js';

/** Cryptographic chance: `size` bytes that nobody can guess. */
export type RandomBytes = (size: number) => Uint8Array;

/** What the API is made of. */
export interface AppParts {
  store: Store;
  engine: Engine;
  signals: Signals;
  /** Why no more events are taken in. */
  pressure: () => Pressure;
  /** What receivers' clocks say of ours. */
  receiverClocks: () => ClockReading;
  metrics: {
    readonly contentType: string;
    text(): Promise<string>;
    /** Counts it. */
    connectionCut: (reason: CutReason) => void;
  };
  guard: EgressGuard;
  config: Config;
  clock: Clock;
  randomBytes: RandomBytes;
  log: Log;
  limits?: Partial<HttpLimits>;
}
