import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '../../../test/support/clock.js';
import type { StoreUnderTest } from '../conformance/harness.conformance.js';
import { openKeyring } from '../keyring.js';
import { type OpenStoreOptions, openStore } from '../open.js';
import type { Store } from '../store.js';

export interface DataDirectory {
  directory: string;
  file: string;
  clock: ManualClock;
  open(change?: Partial<OpenStoreOptions>): Promise<Store>;
  remove(): void;
}

/** A data directory of its own, on a real disk. */
export function dataDirectory(): DataDirectory {
  const directory = mkdtempSync(join(tmpdir(), 'latchhook-store-'));
  const file = join(directory, 'latchhook.db');
  const clock = new ManualClock();
  const keyFile = join(directory, 'secret-key');
  return {
    directory,
    file,
    clock,
    open: (change) =>
      openStore({ url: `sqlite:${file}`, keyring: openKeyring({ file: keyFile }), clock, ...change }),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

export async function makeSqliteStore(): Promise<StoreUnderTest> {
  const data = dataDirectory();
  // Blocks of 4, 16 and 64 uids, so that a few deliveries fill them.
  const options = { sqlite: { listLevels: [2, 4, 6] } };
  let store = await data.open(options);
  return {
    get store() {
      return store;
    },
    advance: async (ms) => data.clock.advance(ms),
    jump: async (ms) => data.clock.jump(ms),
    now: async () => data.clock.now(),
    restart: async () => {
      await store.close();
      store = await data.open(options);
      return store;
    },
    dispose: async () => {
      await store.close();
      data.remove();
    },
  };
}
