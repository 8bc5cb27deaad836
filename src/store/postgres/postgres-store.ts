import type { Clock } from '../../clock.js';
import type { Keyring } from '../keyring.js';
import type { Store } from '../store.js';
import { PostgresAudit } from './audit.js';
import { openDatabase } from './database.js';
import { PostgresDeliveries } from './deliveries.js';
import type { Timing } from './grouped.js';
import { PostgresJobs } from './jobs.js';
import { PostgresKeys } from './keys.js';
import { LIST_LEVELS, ListBlocks, writeMoves } from './listing-blocks.js';
import { PostgresListings } from './listings.js';
import { PostgresLog } from './log.js';
import { NewsLine } from './news-line.js';
import { PostgresNodes } from './nodes.js';
import { PostgresPeople } from './people.js';
import { Server } from './server.js';
import { Settling } from './settling.js';
import type { Waiting } from './until-up.js';
import { Versions } from './versions.js';
import { PostgresWebhooks } from './webhooks.js';

export interface PostgresStoreOptions {
  /** `postgres://user:password@host1:5432,host2:5432/name` */
  url: string;
  keyring: Keyring;
  /** A test's, in place of the database's. */
  clock: Clock | null;
  retainIdempotencyMs: number;
  /** How long a disabled webhook holds a delivery. */
  heldMs: number;
  /** True: may open sessions. False: a tool beside the servers. */
  engine: boolean;
  timing: Timing;
  release: string | null;
  listLevels?: readonly number[] | undefined;
  waiting: Waiting | null;
}

/** Rejects with `SchemaTooNew`, `KeyringError`, and `StoreUnavailable` where no primary answers. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, keyring, clock, retainIdempotencyMs, heldMs, engine, release } = options;
  const levels = options.listLevels ?? LIST_LEVELS;
  const blockSize = 2 ** (levels[0] ?? 0);
  const { writer, reader, idOrigin, close } = await openDatabase({
    url,
    keyring,
    clock,
    engine,
    release,
    waiting: options.waiting,
    blocks: { size: blockSize, writeMoves: (tx, moves) => writeMoves(levels, tx, moves) },
  });
  const versions = new Versions(keyring);
  const settling = new Settling(writer, blockSize);
  const blocks = new ListBlocks(writer, settling, levels);
  const nodes = new PostgresNodes(writer, reader, new NewsLine(new Server(url)));
  const deliveries = new PostgresDeliveries(writer, {
    retainIdempotencyMs,
    heldMs,
    engine,
    versions,
    timing: options.timing,
    indexLists: (limit) => blocks.take(limit),
    levels,
  });
  return {
    deliveries,
    nodes,
    idOrigin,
    jobs: new PostgresJobs(writer, reader, levels),
    webhooks: new PostgresWebhooks(writer, reader, { versions, keyring, heldMs }),
    people: new PostgresPeople(writer, reader),
    keys: new PostgresKeys(writer, reader),
    audit: new PostgresAudit(writer, reader),
    listings: new PostgresListings(reader, keyring, levels),
    log: new PostgresLog(writer, reader, settling),
    async close() {
      await deliveries.close();
      await nodes.close();
      await close();
    },
  };
}
