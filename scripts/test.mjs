/**
 * `npm test [-- arguments of vitest]`, and `npm run test:faults` with `--mode=faults`: prepares all that the tests
 * need, a browser too, and runs them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';
import { ROOT, say, tryRun } from './project.mjs';
import { scratchInMemory } from './scratch.mjs';

const filters = process.argv.slice(2);

await prepare({ all: true });
const missing = needsBrowser() ? await setUpBrowser() : null;
if (missing !== null) say(`${missing} The tests of the console cannot run without one.`);
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const scratch = scratchInMemory();
const env = scratch === null ? {} : { TMPDIR: scratch };
const passed = await tryRun([process.execPath, vitest, 'run'], filters, { env });
if (missing !== null) say(`Not run: the tests of the console. ${missing}`);
process.exitCode = passed && missing === null ? 0 : 1;

/** Whether a test that looks at a page is among those that run: vitest takes files by a part of their path. */
function needsBrowser() {
  if (filters.includes('--mode=faults')) return false;
  const paths = filters.filter((one) => !one.startsWith('-')).map((one) => one.replace(/^\.\//, ''));
  return testFiles().some(
    (file) =>
      (paths.length === 0 || paths.some((path) => file.includes(path))) &&
      readFileSync(join(ROOT, file), 'utf8').includes('support/browser.js'),
  );
}

function testFiles() {
  return readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`);
}

/** Once the packages that it takes are there. */
async function setUpBrowser() {
  return (await import('./browser.mjs')).setUpBrowser({ args: ['--no-sandbox'] });
}
