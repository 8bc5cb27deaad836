import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the demo shows each delivery with its signature verified, a retry, and an end', async () => {
  const args = ['scripts/run.mjs', 'dist/demo/main.js', '--events', '4', '--pause', '0'];
  const { stdout } = await promisify(execFile)('node', args);

  const lines = stdout.split('\n').filter((line) => line.includes('attempt '));
  // Four events, and the third request is refused once.
  expect(lines).toHaveLength(5);
  expect(lines.filter((line) => line.includes('signature ok'))).toHaveLength(5);
  expect(lines.filter((line) => line.includes('  503  '))).toHaveLength(1);
  expect(lines.at(-1)).toMatch(/ {2}200 {2}.*attempt 2/);
  expect(stdout).toContain('delivered            4, 1 of them by a retry');
  expect(stdout).toContain('still owed           0');
  const left = (await readdir(tmpdir())).filter((name) => stdout.includes(name));
  expect(left).toEqual([]);
});
