import { existsSync } from 'node:fs';
import { systemClock } from '../clock.js';
import { type Flags, readOwnConfig } from '../config.js';
import { openConfiguredStore } from '../configured-store.js';
import type { Store } from '../store/store.js';

/** Works on the store that the settings name, beside a server that runs on it. @throws Error for the operator */
export async function withExistingStore<T>(flags: Flags, work: (store: Store) => Promise<T>): Promise<T> {
  const config = readOwnConfig(flags);
  const file = /^sqlite:(.*)$/s.exec(config.databaseUrl)?.[1];
  // Opening would create it, and then there would be no user in it.
  if (file !== undefined && !existsSync(file)) {
    throw new Error(`there is no database at ${file}; see LATCHHOOK_DATA_DIR (--data-dir)`);
  }
  const store = await openConfiguredStore(config, systemClock, 'tool');
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
