import { type Stats, statSync } from 'node:fs';

/** Anybody of the group, or anybody at all. */
const OTHERS = 0o077;
const ANYBODY = 0o007;

/** Of files that hold secrets, those that others than their owner may read, write or run; missing ones are fine. */
export function exposedFiles(files: readonly string[]): string[] {
  // Windows tells a mode that says nothing.
  const ownUid = process.geteuid?.();
  if (ownUid === undefined) return [];
  return files.filter((file) => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats !== undefined && isExposed(stats, ownUid);
  });
}

/** The group of somebody else's file may be how we read it, as with Debian's `ssl-cert`. */
export function isExposed({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, ownUid: number): boolean {
  return (mode & (uid === ownUid ? OTHERS : ANYBODY)) !== 0;
}
