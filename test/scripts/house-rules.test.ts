import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryProject, temporaryProject } from './temporary-project.js';

let project: TemporaryProject;

beforeEach(async () => {
  project = await temporaryProject(['house-rules.mjs']);
  await project.run('git', 'init', '--quiet');
});
afterEach(() => project.remove());

const check = () => project.run('node', 'scripts/house-rules.mjs');

test('a tidy project passes the rules of the house', async () => {
  await project.write('src/door.ts', 'export const door = 1;\n');
  expect(await check()).toEqual({ code: 0, output: '' });
});

test('a generated file may be long', async () => {
  await project.write('src/a.ts', `// Generated from b.json by \`npm run b\`.\n${'x;\n'.repeat(401)}`);
  expect(await check()).toEqual({ code: 0, output: '' });
});

// The texts are put together here, so that this file does not break the rules itself.
const BROKEN: [what: string, file: string, text: string, said: string][] = [
  ['a skipped test', 'src/a.test.ts', `test.${'skip'}('x', () => {});`, 'a test that is skipped'],
  ['a test that runs alone', 'src/a.test.ts', `describe.${'only'}('x', () => {});`, 'a test that is skipped'],
  ['a sleep in a test', 'test/a.test.ts', `setTimeout(${'resolve'}, 5);`, 'a sleep in a test'],
  ['unfinished work', 'src/a.ts', `// ${'TO'}${'DO'}: later`, 'unfinished work'],
  [
    'the host of a registry',
    'README.md',
    `https://${'registry'}.example.org/x`,
    'the host of a package registry',
  ],
  ['the path of one machine', 'README.md', `see ${'/ho'}me/ana/notes`, 'a path of one machine'],
  ['a download address', 'package-lock.json', `"${'resolved'}": "x"`, 'a download address'],
  ['the environment read anywhere', 'src/a.ts', 'process.env.X;', 'the environment read'],
  ['the time taken anywhere', 'src/engine/a.ts', 'Date.now();', 'time or chance'],
  ['a file past 400 lines', 'src/a.ts', 'x;\n'.repeat(401), '401 lines'],
  ['a folder without a meaning', 'src/utils/a.ts', '', 'a name that says nothing'],
];

test.each(BROKEN)('%s is refused, naming the file', async (_what, file, text, said) => {
  await project.write(file, text);
  const { code, output } = await check();
  expect(code).toBe(1);
  expect(output).toContain(file);
  expect(output).toContain(said);
});

test('what the rules allow in one place is allowed there', async () => {
  await project.write('src/config.ts', 'process.env;\n');
  await project.write('src/clock.ts', 'Date.now();\n');
  await project.write('package-lock.json', `"${'resolved'}": "sdk",\n`);
  await project.write('src/a.ts', 'x;\n'.repeat(400));
  expect((await check()).code).toBe(0);
});
