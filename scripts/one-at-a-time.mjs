/** A lock between processes of one machine that survives `kill -9` of its holder. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const LOOK_AGAIN_MS = 200;

/**
 * Runs `act` while no other process runs one under the same file.
 * @param file holds the process id of whoever is at it
 * @param onWait is told that process id, once, when there is somebody to wait for
 */
export async function oneAtATime(file, act, onWait) {
  let told = false;
  while (!take(file)) {
    const holder = holderOf(file);
    if (holder === null) continue;
    if (!told) onWait(holder);
    told = true;
    await wait(LOOK_AGAIN_MS);
  }
  // A failure may end the process on the spot.
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await act();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/** The living process that has the lock; null when it is free, or was left behind and is free now. */
function holderOf(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Written in two steps: empty for a moment.
    if (pid === 0) return 'another';
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(file, { force: true });
    else if (error.code !== 'ENOENT') throw error;
    return null;
  }
}
