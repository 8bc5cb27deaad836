import { randomBytes } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { buildApp } from './api/app.js';
import { ensureFirstAdministrator, passwordFileOf } from './api/first-administrator.js';
import { type HttpLimits, reloadTls } from './api/http-server.js';
import { type Clock, StoreClock, systemClock } from './clock.js';
import type { Config } from './config.js';
import { keyFileOf, openConfiguredStore } from './configured-store.js';
import { createEgressGuard } from './engine/egress.js';
import { createEngine } from './engine/engine.js';
import { LIMITS } from './engine/limits.js';
import { lookupPlaces, type Resolver } from './engine/lookup.js';
import { OperatorNews } from './engine/operator.js';
import { PressureGauge } from './engine/pressure.js';
import { ReceiverClocks } from './engine/receiver-clocks.js';
import { createSender } from './engine/sender.js';
import { EngineSignals } from './engine/signals.js';
import { StandbyWatch } from './engine/standby-watch.js';
import { exposedFiles } from './exposed-files.js';
import { createLog, type Log } from './log.js';
import { Metrics } from './metrics/metrics.js';
import type { OpenStoreOptions } from './store/open.js';
import { latchhookVersion } from './version.js';

/** What tests may put in place of the real thing; time enters here alone. */
export interface ServerParts {
  clock?: Clock;
  /** Real time. */
  httpLimits?: Partial<HttpLimits>;
  /** Where the store is on PostgreSQL. */
  postgres?: OpenStoreOptions['postgres'];
  /** Names; default: the system's resolver. */
  resolve?: Resolver;
  /** Not a test's alone: a start that waits for its database ends, and rejects with the reason of the signal. */
  aborted?: AbortSignal;
}

export interface RunningServer {
  /** Without a trailing slash. */
  readonly url: string;
  /** Refuses new requests, lets deliveries under way end (10 s at most), closes the store. Twice is fine. */
  stop(): Promise<void>;
  /** Reads the PEM files again, for new connections. */
  reloadTls(): void;
}

/**
 * The composition root: config → store → engine → api → listen; stops in reverse. What was opened before
 * a step that fails is closed again. Errors are for the operator.
 */
export async function startServer(config: Config, parts: ServerParts = {}): Promise<RunningServer> {
  const machine = parts.clock ?? systemClock;
  const clock = new StoreClock(machine);
  const log = createLog(config.logLevel);
  const closers: (() => Promise<void>)[] = [];
  /** All of them run, whatever one says: a lock that is left keeps the next start out. */
  const close = async () => {
    const failures: unknown[] = [];
    for (const closer of closers.splice(0).reverse()) {
      try {
        await closer();
      } catch (error) {
        log.error({ err: error }, 'a part could not be closed');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new Error('not all could be closed', { cause: failures[0] });
  };
  try {
    const metrics = new Metrics();
    closers.push(async () => metrics.close());
    const store = await openConfiguredStore(config, machine, 'engine', {
      onGroup: metrics.onGroup,
      ...(parts.postgres ? { postgres: parts.postgres } : {}),
      ...(parts.aborted ? { aborted: parts.aborted } : {}),
      onWait: (reason) =>
        log.warn({ reason }, 'the database is not there yet: waiting for it, for 60 s at most'),
    });
    closers.push(() => store.close());
    const standby = new StandbyWatch({ store: store.nodes, clock, log });
    closers.push(() => standby.stop());
    await standby.start();

    const passwordFile = await ensureFirstAdministrator({
      store,
      config,
      randomBytes,
      terminal: process.stdout.isTTY ? (line) => process.stdout.write(`${line}\n`) : null,
    });
    if (passwordFile)
      log.info({ file: passwordFile }, 'the password of the first administrator is in this file');

    const guard = createEgressGuard({
      mode: config.egress,
      allow: config.egressAllow,
      clock,
      places: lookupPlaces(config.poolThreads),
      ...(parts.resolve ? { resolve: parts.resolve } : {}),
    });
    const sender = createSender({ guard, connectionsPerOrigin: LIMITS.perOrigin, clock });
    closers.push(() => sender.close());
    const signals = new EngineSignals((error) =>
      log.error({ err: error }, 'a listener of the engine failed'),
    );
    const pressure = new PressureGauge({
      listings: store.listings,
      freeBytes: freeBytesOf(config.databaseUrl),
      limits: { minFreeBytes: config.minFreeMb * 1e6, maxOpen: config.maxBacklog },
      clock,
      log,
    });
    closers.push(() => pressure.stop());
    await pressure.start();
    const receiverClocks = new ReceiverClocks(clock, log);
    const engine = createEngine({
      store,
      sender,
      clock,
      random: Math.random,
      log,
      logAttempts: config.logAttempts,
      userAgent: config.userAgent,
      retryBaseMs: config.retryBaseMs,
      retryFactor: config.retryFactor,
      disableAfterMs: config.disableAfterHours * 3_600_000,
      keepHistoryMs: config.retentionDays === 0 ? null : config.retentionDays * 86_400_000,
      signals,
      pressure: () => pressure.reading.pressure,
      onAnswer: (heard) => receiverClocks.hear(heard),
      onTime: (heard) => {
        if (clock.follow(heard))
          log.warn(
            { ahead_ms: clock.aheadMs },
            "the store's clock is not this machine's: the store's counts",
          );
      },
    });
    if (config.operatorUrl !== null) {
      const operator = new OperatorNews({
        url: config.operatorUrl,
        secret: config.operatorSecret,
        sender,
        clock,
        log,
        userAgent: config.userAgent,
        retryBaseMs: config.retryBaseMs,
        retryFactor: config.retryFactor,
      });
      const unfollow = operator.follow(signals);
      closers.push(async () => unfollow());
    }
    metrics.follow({
      signals,
      engine,
      listings: store.listings,
      pressure,
      clock,
      mostWebhooks: config.metricsWebhooks,
      version: latchhookVersion(),
    });
    closers.push(() => engine.stop());
    await engine.start();

    const app = buildApp({
      store,
      engine,
      signals,
      pressure: () => pressure.reading.pressure,
      receiverClocks: () => receiverClocks.reading(),
      metrics,
      guard,
      config,
      clock,
      randomBytes,
      log,
      ...(parts.httpLimits ? { limits: parts.httpLimits } : {}),
    });
    // Requests and attempts under way end beside each other.
    closers.push(async () => {
      await Promise.all([app.close(), engine.drain()]);
    });
    await app.listen({ host: config.host, port: config.port });
    const url = urlOf(config, app.server.address() as AddressInfo);
    warnIfOpen(config, log);
    warnOfExposedFiles(config, log);
    log.info({ url, version: latchhookVersion() }, 'listening');

    let stopped: Promise<void> | null = null;
    return {
      url,
      stop() {
        stopped ??= close().then(() => log.info('stopped'));
        return stopped;
      },
      reloadTls: () => reloadTls(app.server, config),
    };
  } catch (error) {
    await close().catch(() => {}); // its reasons are in the log; why it did not start counts
    throw error;
  }
}

/** Of the disk of an embedded store; null: the data lie elsewhere. */
function freeBytesOf(databaseUrl: string): (() => Promise<number>) | null {
  if (!databaseUrl.startsWith('sqlite:')) return null;
  const folder = dirname(databaseUrl.slice('sqlite:'.length));
  return async () => {
    const { bsize, bavail } = await statfs(folder);
    return bavail * bsize;
  };
}

function urlOf(config: Config, { address, port, family }: AddressInfo): string {
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `${config.tlsCert === null ? 'http' : 'https'}://${host}:${port}`;
}

function warnIfOpen(config: Config, log: Log): void {
  const loopback = /^(127\.|::1$|localhost$)/.test(config.host);
  if (loopback || config.tlsCert !== null) return;
  log.warn({ host: config.host }, 'passwords travel readable: listening beyond loopback without TLS');
}

function warnOfExposedFiles({ dataDir, tlsKey }: Config, log: Log): void {
  const secrets = [keyFileOf(dataDir), passwordFileOf(dataDir), ...(tlsKey === null ? [] : [tlsKey])];
  for (const file of exposedFiles(secrets)) {
    log.warn({ file }, `others can read this file, which holds a secret: chmod 600 ${file}`);
  }
}
