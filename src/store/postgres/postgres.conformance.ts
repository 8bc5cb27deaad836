import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../../test/support/clock.js';
import { afterFile } from '../../../test/support/closers.js';
import { createDatabase, type TestDatabase } from '../../../test/support/postgres.js';
import type { StoreUnderTest } from '../conformance/harness.conformance.js';
import { openKeyring } from '../keyring.js';
import { type OpenStoreOptions, openStore } from '../open.js';
import type { Store } from '../store.js';

/** By the time that a test's clock tells each connection, and not by the database's. */
const CLOCK_OF_TESTS = `
  CREATE OR REPLACE FUNCTION latchhook_now() RETURNS bigint LANGUAGE sql VOLATILE
    AS $$ SELECT current_setting('latchhook.now')::bigint $$`;

export interface SharedDatabase {
  database: TestDatabase;
  clock: ManualClock;
  /** Another node. */
  open(change?: Partial<OpenStoreOptions>): Promise<Store>;
  /** Time passes, and every node tells that it lives meanwhile. */
  advance(ms: number): Promise<void>;
  drop(): Promise<void>;
}

const secretKey = randomBytes(32).toString('hex');
const keyring = openKeyring({ secretKey, file: join(tmpdir(), 'no-such-key') });
/** Has the schema; all others of a test file are copies of it, which takes a twentieth of the time. */
let template: Promise<TestDatabase> | null = null;

function sharedTemplate(): Promise<TestDatabase> {
  if (template === null) {
    const made = makeTemplate();
    template = made;
    afterFile(async () => {
      template = null;
      await (await made).drop();
    });
  }
  return template;
}

async function makeTemplate(): Promise<TestDatabase> {
  const database = await createDatabase();
  await (await openStore({ url: database.url, keyring, clock: new ManualClock() })).close();
  await database.sql.unsafe(CLOCK_OF_TESTS);
  // Nobody may be connected to what is copied.
  await database.sql.end();
  return database;
}

/** A database of its own, whose time is in the test's hands. */
export async function sharedDatabase(): Promise<SharedDatabase> {
  const database = await createDatabase({ template: (await sharedTemplate()).name });
  const clock = new ManualClock();
  const open = (change?: Partial<OpenStoreOptions>) =>
    openStore({
      url: database.url,
      keyring,
      clock,
      // Blocks of 4, 16 and 64 uids, so that a few deliveries fill them.
      postgres: { listLevels: [2, 4, 6], clock },
      ...change,
    });
  return {
    database,
    clock,
    open,
    async advance(ms) {
      clock.advance(ms);
      await database.sql`UPDATE session SET heartbeat_at = heartbeat_at + ${ms}`;
    },
    drop: () => database.drop(),
  };
}

export async function makePostgresStore(): Promise<StoreUnderTest> {
  const shared = await sharedDatabase();
  const { database, clock } = shared;
  let store = await shared.open();
  return {
    get store() {
      return store;
    },
    advance: shared.advance,
    async jump(ms) {
      clock.jump(ms);
      await database.sql`UPDATE session SET heartbeat_at = heartbeat_at + ${ms}`;
    },
    now: async () => clock.now(),
    async restart() {
      await store.close();
      // What died is dead once it was silent for long enough.
      await database.sql`UPDATE session SET heartbeat_at = heartbeat_at - 15000`;
      store = await shared.open();
      return store;
    },
    async dispose() {
      await store.close();
      await shared.drop();
    },
  };
}
