import { statSync } from 'node:fs';

/** Anybody of the group, or anybody at all. */
const OTHERS = 0o077;

/** Of files that hold secrets, those that others than their owner may read, write or run; missing ones are fine. */
export function exposedFiles(files: readonly string[]): string[] {
  // Windows tells a mode that says nothing.
  if (process.platform === 'win32') return [];
  return files.filter((file) => ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0);
}
