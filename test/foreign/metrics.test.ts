import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { program } from '../support/foreign/programs.js';
import { latchhook } from '../support/foreign/server.js';

test('promtool finds nothing wrong with the metrics', async () => {
  const { url } = await latchhook();
  const metrics = await (await fetch(`${url}/metrics`)).text();

  const checked = spawnSync(program('promtool'), ['check', 'metrics'], { input: metrics, encoding: 'utf8' });
  expect({ status: checked.status, said: checked.stdout + checked.stderr }).toEqual({ status: 0, said: '' });
});
