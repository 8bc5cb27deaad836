import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../clock.js';
import { type Config, type Flags, readOwnConfig } from '../config.js';
import { databaseUrl, RuleBroken } from '../settings.js';
import { type Keyring, openKeyring } from '../store/keyring.js';
import { giveUpMove, type Moved, moveStore } from '../store/moving/move.js';
import type { Side } from '../store/moving/side.js';
import { openSide, openStore } from '../store/open.js';
import { latchhookVersion } from '../version.js';
import { amount, comparison, ProgressLines } from './move-progress.js';

export interface MoveFlags {
  from?: string;
  to?: string;
  dataDir?: string;
  rows?: string;
  giveUp?: boolean;
}

const MOST_ROWS = 10_000;
/** Groups of the lists in one call. */
const LIST_GROUPS = 64;
/** In one of them, about. */
const GROUP_ROWS = 1024;
/** Clocks of two machines that are kept right differ by less, ms. */
const CLOCKS_APART_MS = 5_000;

/** `latchhook migrate-store`. @throws Error with a line for the operator */
export async function migrateStore(flags: MoveFlags): Promise<void> {
  const config = readOwnConfig(
    flags.dataDir === undefined ? {} : ({ dataDir: flags.dataDir } satisfies Flags),
  );
  const own = `sqlite:${join(config.dataDir, 'latchhook.db')}`;
  const from = urlOf('--from', flags.from ?? own);
  if (flags.giveUp) return giveUp(from, keyOf(config, flags, [from]).keyring);
  const to = urlOf('--to', flags.to ?? config.databaseUrl);
  // A database of its own is what a server has where nothing is said.
  if (flags.to === undefined && config.databaseUrl === own) {
    throw new Error('where to is not said: give --to, or LATCHHOOK_DATABASE_URL, which others cannot read');
  }
  const key = keyOf(config, flags, [from, to]);
  const moved = await move(from, to, key.keyring, rowsOf(flags.rows));
  if (moved.kind === 'differs') {
    process.stdout.write(comparison(moved.tables));
    throw new Error(
      'the counts differ: nothing may run on the target. Keep both as they are for a report; --give-up leaves all at the source',
    );
  }
  if (moved.kind === 'moved') process.stdout.write(comparison(moved.tables));
  await countForLists(to, key.keyring, listed(moved));
  process.stdout.write(closing(moved, from, key.file));
}

async function move(from: string, to: string, keyring: Keyring, rows: number): Promise<Moved> {
  const lines = new ProgressLines(process.stderr, systemClock);
  const source = await open(from, keyring, 'source');
  try {
    const target = await open(to, keyring, 'target');
    try {
      return await moveStore({
        source,
        target,
        keyring,
        rows,
        onProgress: (progress) => lines.tell(progress),
      });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function giveUp(from: string, keyring: Keyring): Promise<void> {
  const source = await open(from, keyring, 'source');
  try {
    const was = await giveUpMove(source);
    process.stdout.write(
      was
        ? `${source.name} can be served again. Let nothing run on what it was moved to: it would send the same.\n`
        : `${source.name} was not moved; there is nothing to give up.\n`,
    );
  } finally {
    await source.close();
  }
}

function open(url: string, keyring: Keyring, as: 'source' | 'target'): Promise<Side> {
  return openSide({ url, keyring, clock: systemClock, release: latchhookVersion() }, as);
}

/** What lists are found by; the server would do it too, beside its work. */
async function countForLists(url: string, keyring: Keyring, total: number): Promise<void> {
  const lines = new ProgressLines(process.stderr, systemClock);
  const release = latchhookVersion();
  const store = await openStore({ url, keyring, clock: systemClock, engine: false, release });
  const tell = (moved: number, done: boolean) =>
    lines.tell({ table: 'for the lists', moved: Math.min(moved, total), total, done });
  try {
    let counted = 0;
    tell(counted, false);
    while ((await store.deliveries.indexLists(LIST_GROUPS)).more) {
      counted += LIST_GROUPS * GROUP_ROWS;
      tell(counted, false);
    }
    tell(total, true);
  } finally {
    await store.close();
  }
}

/** The key that the source was written with. It is never made here: with a new one nothing could be read. */
function keyOf(
  config: Config,
  { dataDir }: MoveFlags,
  urls: readonly string[],
): { keyring: Keyring; file: string | null } {
  const embedded = urls.find((url) => url.startsWith('sqlite:'));
  const folder =
    dataDir === undefined && embedded ? dirname(embedded.slice('sqlite:'.length)) : config.dataDir;
  const file = join(folder, 'secret.key');
  if (config.secretKey === null && !existsSync(file)) {
    throw new Error(
      `there is no key at ${file}: set LATCHHOOK_SECRET_KEY, or name the data folder of the source with --data-dir`,
    );
  }
  const keyring = openKeyring({ secretKey: config.secretKey, oldKey: config.secretKeyOld, file });
  return { keyring, file: config.secretKey === null ? file : null };
}

/** Never shows the text, which may hold a password. */
function urlOf(flag: string, text: string): string {
  try {
    return databaseUrl(text, process.cwd());
  } catch (error) {
    if (error instanceof RuleBroken) throw new Error(`${flag} must be ${error.message}`);
    throw error;
  }
}

function rowsOf(text = '1000'): number {
  const rows = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (rows < 1 || rows > MOST_ROWS) throw new Error(`--rows must be an integer from 1 to ${MOST_ROWS}`);
  return rows;
}

/** Lists go by deliveries and by events; both are counted beside each other. */
function listed(moved: Moved): number {
  if (moved.kind === 'arrived') return 0;
  const rows = moved.tables.filter(({ table }) => table === 'delivery' || table === 'event');
  return Math.max(...rows.map(({ target }) => target));
}

function closing(moved: Moved, from: string, keyFile: string | null): string {
  const lines: string[] = [];
  if (moved.kind === 'moved') {
    const rows = moved.tables.reduce((sum, { target }) => sum + target, 0);
    lines.push(`Everything was moved: ${amount(rows)} rows, counted at both ends.`);
    if (Math.abs(moved.aheadMs) > CLOCKS_APART_MS) {
      const seconds = amount(Math.round(Math.abs(moved.aheadMs) / 1000));
      const way = moved.aheadMs > 0 ? 'ahead of' : 'behind';
      lines.push(`The target's clock is ${seconds} s ${way} the source's; times were kept as they were.`);
    }
  } else lines.push('Everything had been moved already.');
  if (from.startsWith('sqlite:'))
    lines.push(`${from} is not served again; docs/moving.md says how to go back.`);
  lines.push('Start the server on the target now: LATCHHOOK_DATABASE_URL.');
  if (keyFile !== null) lines.push(`Give it the key of ${keyFile}: the same file, or LATCHHOOK_SECRET_KEY.`);
  return `${lines.join('\n')}\n`;
}
