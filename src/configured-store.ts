import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { openKeyring } from './store/keyring.js';
import { type OpenStoreOptions, openStore } from './store/open.js';
import type { Store } from './store/store.js';
import { latchhookVersion } from './version.js';

/** The file of this data folder that a generated key is written to. */
export const keyFileOf = (dataDir: string): string => join(dataDir, 'secret.key');

/**
 * The store that the settings name, with the key that belongs to it; the server and the tools beside it
 * open it alike.
 *
 * @param as `engine`: the one server of this data folder; `tool`: beside it
 * @throws KeyringError, DataDirectoryInUse, SchemaTooNew, and what the file system throws
 */
export function openConfiguredStore(
  config: Config,
  clock: Clock,
  as: 'engine' | 'tool',
  options: Pick<OpenStoreOptions, 'onGroup' | 'postgres' | 'onWait' | 'aborted'> = {},
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const keyring = openKeyring({
    secretKey: config.secretKey,
    oldKey: config.secretKeyOld,
    file: keyFileOf(config.dataDir),
  });
  return openStore({
    url: config.databaseUrl,
    keyring,
    clock,
    engine: as === 'engine',
    release: latchhookVersion(),
    heldMs: config.heldHours * 3_600_000,
    ...options,
  });
}
