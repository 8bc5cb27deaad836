import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { program } from '../support/foreign/programs.js';
import { latchhook } from '../support/foreign/server.js';

test('promtool has nothing to say against the metrics', async () => {
  const { client, url } = await latchhook();
  await client.post({ event_type: 'log.door_was_opened' });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toMatch(/^latchhook_\w+/m);

  const { status, stdout, stderr } = spawnSync(program('promtool'), ['check', 'metrics'], {
    input: metrics,
    encoding: 'utf8',
  });

  expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
});
