import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { GroupListener } from './store/group-commit.js';
import { openKeyring } from './store/keyring.js';
import { openStore } from './store/open.js';
import type { Store } from './store/store.js';
import { latchhookVersion } from './version.js';

/**
 * The store that the settings name, with the key that belongs to it; the server and the tools beside it
 * open it alike.
 *
 * @param as `engine`: the one server of this data folder; `tool`: beside it
 * @param onGroup told of each group that was committed
 * @throws KeyringError, DataDirectoryInUse, SchemaTooNew, and what the file system throws
 */
export function openConfiguredStore(
  config: Config,
  clock: Clock,
  as: 'engine' | 'tool',
  onGroup: GroupListener = () => {},
): Promise<Store> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const keyring = openKeyring({
    secretKey: config.secretKey,
    oldKey: config.secretKeyOld,
    file: join(config.dataDir, 'secret.key'),
  });
  return openStore({
    url: config.databaseUrl,
    keyring,
    clock,
    engine: as === 'engine',
    release: latchhookVersion(),
    heldMs: config.heldHours * 3_600_000,
    onGroup,
  });
}
