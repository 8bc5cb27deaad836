/** What concerns the file of an embedded store, and so no other. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Program } from '../support/program.js';

let dataDir: string;
let programs: Program[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  rmSync(dataDir, { recursive: true, force: true });
});

const run = (args: string[]): Program => {
  const program = new Program(args, { LATCHHOOK_DATA_DIR: dataDir });
  programs.push(program);
  return program;
};
const oneLine = (line: RegExp) => ({
  code: 1,
  stderr: expect.stringMatching(new RegExp(`^latchhook: [^\\n]*${line.source}[^\\n]*\\n$`)),
});

test('latchhook serve says in one line that its data folder is served by another', async () => {
  await run(['serve', '--port', '0']).prints(/listening/);

  expect(await run(['serve', '--port', '0']).ended()).toMatchObject(oneLine(new RegExp(dataDir)));
});

test.each([['passwd', 'admin'], ['list'], ['add', 'porter'], ['remove', 'porter']])(
  'latchhook user %s refuses a folder without a database, and makes none',
  async (...args) => {
    const empty = join(dataDir, 'empty');
    const user = run(['user', ...args, '--data-dir', empty]);
    user.type('long enough');

    expect(await user.ended()).toMatchObject(oneLine(/no database at/));
    expect(() => statSync(empty)).toThrow('ENOENT');
  },
);
