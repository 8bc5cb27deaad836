import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.js';
import { startServer } from '../../src/server.js';
import { ManualClock } from '../support/clock.js';
import { afterwards } from '../support/ephemeral.js';

/** Timers that cannot be cancelled once it is broken: what has one fails to stop. */
class BreakingClock extends ManualClock {
  broken = false;

  override schedule(delayMs: number, fn: () => void) {
    const timer = super.schedule(delayMs, fn);
    return {
      cancel: () => {
        if (this.broken) throw new Error('a timer cannot be cancelled');
        return timer.cancel();
      },
    };
  }
}

test('a part that fails to stop leaves no lock behind: the folder can be served again', async () => {
  const clock = new BreakingClock();
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-'));
  afterwards(async () => rmSync(folder, { recursive: true }));
  const config = readConfig({ LATCHHOOK_PORT: '0', LATCHHOOK_LOG_LEVEL: 'silent' }, {}, folder);
  const server = await startServer(config, { clock });
  clock.broken = true;
  await expect(server.stop()).rejects.toThrow('not all could be closed');

  const next = await startServer(config);
  afterwards(() => next.stop());
  expect((await fetch(`${next.url}/health/ready`)).status).toBe(200);
});
