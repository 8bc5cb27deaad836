import type { Clock } from '../../clock.js';
import type { GroupListener } from '../group-commit.js';
import type { Keyring } from '../keyring.js';
import { MARK, refuseMoved } from '../moving/mark.js';
import { refuseReplaced } from '../replaced.js';
import type { Store } from '../store.js';
import { Acceptance } from './accept.js';
import { SqliteAudit } from './audit.js';
import { AuditTrail } from './audit-trail.js';
import { Claims } from './claim.js';
import { openReader, openWriter, unopened } from './connection.js';
import { SqliteDeliveries } from './deliveries.js';
import { Expiry } from './expiry.js';
import { findStore } from './find-store.js';
import { Held } from './held.js';
import { History } from './history.js';
import { JobFinds } from './job-finds.js';
import { JobSteps } from './job-steps.js';
import { SqliteJobs } from './jobs.js';
import { checkKey } from './key-check.js';
import { SqliteKeys } from './keys.js';
import { LaneHealth } from './lane-health.js';
import { LateDeliveries } from './late-deliveries.js';
import { LIST_LEVELS, ListBlocks } from './listing-blocks.js';
import { SqliteListings } from './listings.js';
import { type Lock, takeLock } from './lock.js';
import { SqliteLog } from './log.js';
import { SqliteNodes } from './nodes.js';
import { Ordering } from './ordering.js';
import { Orphans } from './orphans.js';
import { SqlitePeople } from './people.js';
import { Reader } from './reader.js';
import { Records } from './record.js';
import { RequestForms } from './request-forms.js';
import { Resends } from './resends.js';
import { MIGRATIONS, migrate, readIdOrigin, readMeta, readSchema } from './schema.js';
import { Sessions } from './sessions.js';
import { TestDeliveries } from './test-deliveries.js';
import { Tidying } from './tidy.js';
import { Writer } from './transaction.js';
import { Versions } from './versions.js';
import { SqliteWebhooks } from './webhooks.js';

export interface SqliteStoreOptions {
  /** Absolute path of the database; its directory is the data directory. */
  file: string;
  keyring: Keyring;
  clock: Clock;
  retainIdempotencyMs: number;
  heldMs: number;
  /** True: takes the lock, and may open sessions. False: works beside a running server. */
  engine: boolean;
  release: string | null;
  onGroup?: GroupListener | undefined;
  maxPageCount?: number | undefined;
  listLevels?: readonly number[] | undefined;
}

/** A server would rather answer 503 than stand still; a tool may wait for one. */
const BUSY_TIMEOUT_MS = { engine: 2_000, tool: 10_000 };

/** Throws `DataDirectoryInUse`, `SchemaTooNew`, `StoreMoved`, `KeyringError`, and what the disk says, with the file's name. */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  const lock = options.engine ? takeLock(options.file) : null;
  try {
    return openLocked(options, lock);
  } catch (error) {
    lock?.release();
    throw unopened(error, options.file);
  }
}

function openLocked(options: SqliteStoreOptions, lock: Lock | null): Store {
  const { file, keyring, clock, retainIdempotencyMs, heldMs, engine, release, maxPageCount } = options;
  const listLevels = options.listLevels ?? LIST_LEVELS;
  const busyTimeoutMs = engine ? BUSY_TIMEOUT_MS.engine : BUSY_TIMEOUT_MS.tool;
  if (keyring.storeCreatedAt !== null) refuseReplaced(keyring, findStore(file, busyTimeoutMs));
  const database = openWriter(file, { busyTimeoutMs, maxPageCount });
  try {
    const behind = readSchema(database).number < (MIGRATIONS.at(-1)?.number ?? 0);
    // A schema is never changed under a running server.
    const guard = behind && !lock ? takeLock(file) : null;
    try {
      migrate(database, release);
    } finally {
      guard?.release();
    }
    refuseMoved(readMeta(database, MARK));
    const createdAt = checkKey(database, keyring, engine, clock.now());
    if (engine) keyring.noteStore(createdAt);

    const reader = new Reader(openReader(file, busyTimeoutMs));
    const blocks = new ListBlocks(database, listLevels);
    const writer = new Writer(database, clock, blocks);
    const trail = new AuditTrail(database);
    const versions = new Versions(database, keyring);
    const tests = new TestDeliveries(database);
    const ordering = new Ordering(database);
    const expiry = new Expiry(database);
    const lanes = new LaneHealth(database, versions);
    const held = new Held(database, expiry, heldMs);
    const resends = new Resends(database, trail);
    const finds = new JobFinds(reader, listLevels);
    const steps = new JobSteps(database, finds, resends, new LateDeliveries(database, blocks));
    const verbs = {
      expiry,
      held,
      history: new History(database, listLevels),
      lanes,
      resends,
      tests,
      sessions: new Sessions(database, tests, ordering),
      acceptance: new Acceptance(database, retainIdempotencyMs),
      claims: new Claims(database, ordering, expiry),
      forms: new RequestForms(database),
      records: new Records(database, versions, lanes, trail),
      orphans: new Orphans(database),
      tidying: new Tidying(database, retainIdempotencyMs),
    };
    const log = new SqliteLog(writer, reader);
    const slowReader = new Reader(openReader(file, busyTimeoutMs));
    const listings = new SqliteListings({ reader, slowReader, clock, keyring, listLevels });
    const nodes = new SqliteNodes(writer);
    const deliveries = new SqliteDeliveries(writer, verbs, engine, options.onGroup);
    return {
      deliveries,
      webhooks: new SqliteWebhooks(writer, reader, { versions, lanes, ordering, held, trail, keyring }),
      people: new SqlitePeople(writer, reader, trail),
      keys: new SqliteKeys(writer, reader, trail),
      audit: new SqliteAudit(writer, reader, trail),
      listings,
      log,
      jobs: new SqliteJobs(writer, reader, { finds, steps, trail }),
      nodes,
      idOrigin: readIdOrigin(database),
      async close() {
        nodes.close();
        await deliveries.close();
        log.close();
        listings.close();
        reader.database.close();
        database.close();
        lock?.release();
      },
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
