/** The disk of an embedded store; that of a database elsewhere is not ours to watch. */
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/clock.js';
import { report, subscribe } from '../support/deliveries.js';
import { afterwards, aReceiver, aServer } from '../support/ephemeral.js';
import { offer, readiness, untilOffered } from '../support/intake.js';

const MB = 1_000_000;

describe('a disk with less room than is wanted', () => {
  it('stops intake from the first moment', async () => {
    const server = await aServer({ env: { LATCHHOOK_MIN_FREE_MB: '1000000000' } });

    expect(await offer(server)).toMatchObject({ status: 503, json: { error: 'No room for more events' } });
    expect(await readiness(server)).toEqual({ status: 'ready', pressure: 'disk' });
  });

  for (const size of mayMount() ? ['64m'] : [])
    it(`stops intake when it fills, and ends that when it empties (a tmpfs of ${size}, where mounting is allowed)`, async () => {
      const folder = mounted(size);
      const clock = new ManualClock();
      const server = await aServer({
        clock,
        env: { LATCHHOOK_DATA_DIR: folder, LATCHHOOK_MIN_FREE_MB: '20' },
      });
      const receiver = await aReceiver();
      await subscribe(server, receiver.url);
      const ballast = join(folder, 'ballast');

      await report(server);
      write(ballast, 60 * MB);
      await untilOffered(server, clock, 503);
      rmSync(ballast);
      await untilOffered(server, clock, 202);

      expect(await readiness(server)).toEqual({ status: 'ready', pressure: null });
    });
});

function mount(path: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path], { stdio: 'ignore' });
}

function mayMount(): boolean {
  const path = mkdtempSync(join(tmpdir(), 'latchhook-disk-'));
  try {
    mount(path, '1m');
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(path, { recursive: true });
  }
}

/** A disk that goes with the test. */
function mounted(size: string): string {
  const path = mkdtempSync(join(tmpdir(), 'latchhook-disk-'));
  mount(path, size);
  afterwards(async () => {
    execFileSync('umount', ['-l', path]);
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

function write(file: string, bytes: number): void {
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(MB);
  try {
    for (let written = 0; written < bytes; written += MB) writeSync(descriptor, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(descriptor);
  }
}
