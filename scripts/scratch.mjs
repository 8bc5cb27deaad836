/** Where tests keep their files: in memory where there is room, since a file system on a disk is 20 times as slow. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const SHARED_MEMORY = '/dev/shm';
/** Of shared memory, and of memory that programs may take: a run takes up to 2 GiB. */
const ROOM = 6 * 2 ** 30;

/** A new folder in memory, removed when this process ends; null where there is none, or too little room. */
export function scratchInMemory() {
  if (process.platform !== 'linux' || !hasRoom()) return null;
  removeLeftovers();
  const folder = mkdtempSync(join(SHARED_MEMORY, `latchhook-tests-${process.pid}-`));
  // As /tmp: some programs of tests run as other users.
  chmodSync(folder, 0o1777);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

function hasRoom() {
  try {
    const { bavail, bsize } = statfsSync(SHARED_MEMORY);
    return bavail * bsize >= ROOM && process.availableMemory() >= ROOM;
  } catch {
    return false;
  }
}

/** Of runs that were killed. */
function removeLeftovers() {
  for (const name of readdirSync(SHARED_MEMORY)) {
    const pid = /^latchhook-tests-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(SHARED_MEMORY, name), { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
