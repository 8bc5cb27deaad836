/** The engine with a real store on disk and a real sender, without the HTTP API before it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Clock, systemClock } from '../../src/clock.js';
import { SYSTEM } from '../../src/domain/actor.js';
import { EVENT_TYPES } from '../../src/domain/event-types.js';
import type { Webhook, WebhookSpec } from '../../src/domain/webhook.js';
import { readWebhook } from '../../src/domain/webhook-rules.js';
import type { LogAttempts } from '../../src/engine/attempt-log.js';
import type { Engine } from '../../src/engine/door.js';
import { createEgressGuard } from '../../src/engine/egress.js';
import { createEngine } from '../../src/engine/engine.js';
import { type EngineLimits, LIMITS } from '../../src/engine/limits.js';
import { createSender } from '../../src/engine/sender.js';
import { createLog } from '../../src/log.js';
import { openKeyring } from '../../src/store/keyring.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';

export interface EngineSite {
  readonly store: Store;
  readonly engine: Engine;
  /** The database. */
  readonly file: string;
  subscribe(url: string, change?: Partial<WebhookSpec>): Promise<Webhook>;
  /** As a PUT does: when it resolves, no attempt with the old version begins. */
  change(webhook: Webhook, change: Partial<WebhookSpec>): Promise<Webhook>;
  remove(webhook: Webhook): Promise<void>;
  /** Reports `count` events in one request and returns their ids. */
  report(count: number, data?: string, eventType?: string): Promise<number[]>;
}

export interface EngineSiteOptions {
  clock?: Clock;
  limits?: Partial<EngineLimits>;
  retryBaseMs?: number;
  logAttempts?: LogAttempts;
  /** Hears each line of the log; default: nobody. */
  onLine?: (line: Record<string, unknown>) => void;
  /** Puts something between the engine and its store. */
  wrap?: (store: Store) => Store;
}

export const [FIRST_TYPE = '', SECOND_TYPE = ''] = EVENT_TYPES;

/** All is closed, and the folder gone, when the test has finished. */
export async function openEngineSite(options: EngineSiteOptions = {}): Promise<EngineSite> {
  const { clock = systemClock, limits = {}, retryBaseMs = 1, wrap = (store: Store) => store } = options;
  const { onLine, logAttempts = 'changes' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  const file = join(folder, 'latchhook.db');
  const store = await openStore({
    url: `sqlite:${file}`,
    keyring: openKeyring({ file: join(folder, 'secret.key') }),
    clock,
  });
  const guard = createEgressGuard({ mode: 'lan', allow: ['127.0.0.0/8'] });
  const sender = createSender({ guard, connectionsPerOrigin: limits.perOrigin ?? LIMITS.perOrigin });
  const engine = createEngine({
    store: wrap(store),
    sender,
    clock,
    random: () => 0.5,
    log: onLine
      ? createLog('info', { write: (line: string) => onLine(JSON.parse(line)) })
      : createLog('silent'),
    logAttempts,
    userAgent: 'test',
    retryBaseMs,
    retryFactor: 1,
    limits: { grace: 1_000, ...limits },
  });
  onTestFinished(async () => {
    await engine.stop();
    await sender.close();
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await engine.start();

  const written = async (write: Awaited<ReturnType<Store['webhooks']['update']>>) => {
    if (write.kind !== 'written') throw new Error(`not written: ${write.kind}`);
    await engine.webhooksChanged();
    return write.webhook;
  };
  return {
    store,
    engine,
    file,
    async subscribe(url, change = {}) {
      const members = { url, status: 'active', event_types: [FIRST_TYPE], max_retries: 3 };
      const spec = { ...readWebhook(members, null), ...change };
      return written(await store.webhooks.create(spec, SYSTEM));
    },
    change: async (webhook, change) =>
      written(await store.webhooks.update(webhook.uid, { ...webhook, ...change }, SYSTEM)),
    async remove({ uid }) {
      await store.webhooks.remove(uid, SYSTEM);
      await engine.webhooksChanged();
    },
    async report(count, data = '{}', eventType = FIRST_TYPE) {
      const one = { eventType, source: 'panel', data, createdAt: null, idempotency: null };
      const result = await engine.accept({
        credential: 'user:1',
        events: Array.from({ length: count }, () => one),
      });
      if (result.kind !== 'accepted') throw new Error(`not accepted: ${result.kind}`);
      return result.items.map(({ eventId }) => eventId);
    },
  };
}
