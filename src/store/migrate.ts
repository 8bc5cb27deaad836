/**
 * Numbered migrations, the same numbers in every dialect. The store records the newest one it has seen and
 * the oldest release that can run on the result, so that going back one release stays possible wherever a
 * migration only adds.
 */
export interface Migration<Database> {
  number: number;
  /** The oldest release that runs on the schema after this migration, e.g. `0.1.0`. */
  oldestRelease: string;
  up(database: Database): void | Promise<void>;
}

export interface SchemaRecord {
  /** 0: an empty store. */
  number: number;
  oldestRelease: string;
}

export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
}

/**
 * The migrations that are still to run, in order; none where the store is newer but this release may still
 * run on it. Throws `SchemaTooNew` where it may not.
 *
 * @param release of this program; null when unknown, which no newer schema accepts
 */
export function outstanding<D>(
  recorded: SchemaRecord,
  known: readonly Migration<D>[],
  release: string | null,
): Migration<D>[] {
  const newest = known.at(-1)?.number ?? 0;
  if (recorded.number <= newest) return known.filter(({ number }) => number > recorded.number);
  if (release !== null && !isOlder(release, recorded.oldestRelease)) return [];
  throw new SchemaTooNew(
    `the database has schema ${recorded.number}, this release knows up to ${newest}: ` +
      `Latchhook ${recorded.oldestRelease} or newer is needed`,
  );
}

function isOlder(release: string, than: string): boolean {
  const [a, b] = [release, than].map((text) => text.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
