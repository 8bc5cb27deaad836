/**
 * Makes a clone ready to run: installs and builds what is missing or stale, and nothing else.
 * Plain JavaScript without dependencies, since it runs before there are any.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildConsoleIfStale, buildIfStale, staleBuild, staleConsole } from './build.mjs';
import { installIfStale, staleInstall } from './install.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { fail, ROOT, readJson, say } from './project.mjs';

/**
 * Installs and builds where needed. Exits with a message when that fails.
 * @param options.all also what tests, checks and benchmarks need
 */
export async function prepare({ all = false } = {}) {
  requireNode();
  if (staleInstall(all) === null && staleBuild(all) === null && staleConsole() === null) return;
  // Two of us at once, say a start and a test in two terminals, would take each other's files away.
  await oneAtATime(
    join(ROOT, '.preparing'),
    async () => {
      await installIfStale(all);
      await buildIfStale(all);
      await buildConsoleIfStale();
    },
    (pid) => say(`Waiting for process ${pid}, which installs or builds here.`),
  );
}

function requireNode() {
  const wanted = readJson('package.json').engines.node.replace('>=', '');
  const [major, minor] = wanted.split('.').map(Number);
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  fail(`Latchhook needs Node ${wanted} or newer, and this is Node ${process.versions.node}.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await prepare({ all: process.argv.includes('--all') });
}
