/** What is built from the sources: whether it is up to date, and building it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hash, ROOT, readText, run, say } from './project.mjs';

/** What the build reads: a change in one of these makes what was built stale. */
const SOURCES = [
  ...[
    'src',
    'bench',
    'demo',
    'local-postgres',
    'scripts/bundle.mjs',
    'tsconfig.json',
    'tsconfig.build.json',
    'tsconfig.bench.json',
  ],
  ...['package-lock.json', 'sdk/src', 'sdk/tsconfig.json'],
];
/** In this order: programs use the SDK as it is built. Each holds the stamp of all sources. */
const BUILDS = [
  { config: 'sdk/tsconfig.json', out: 'sdk/dist' },
  // The benchmark imports packages that a server does not need.
  { config: 'tsconfig.build.json', configOfAll: 'tsconfig.bench.json', out: 'dist' },
].filter(({ config }) => existsSync(join(ROOT, config)));
const BUNDLE = join(ROOT, 'scripts', 'bundle.mjs');
const WITH_ALL = ' with the benchmark';
/** The console goes by a stamp of its own: most changes leave it as it is. */
const CONSOLE = { folder: 'console', out: 'dist/console' };
const CONSOLE_SOURCES = [CONSOLE.folder, 'sdk/src', 'package-lock.json'];

/** The same for the build. */
export function staleBuild(all) {
  return staleAgainst(SOURCES, BUILDS, all);
}

export function staleConsole() {
  if (!existsSync(join(ROOT, CONSOLE.folder))) return null;
  return staleAgainst(CONSOLE_SOURCES, [CONSOLE]);
}

/** What is built with all serves for less too. */
function staleAgainst(sources, builds, all = false) {
  const files = sources.flatMap((name) => filesUnder(join(ROOT, name))).sort();
  const wanted = hash(files.flatMap((file) => [relative(ROOT, file), readFileSync(file)]));
  const stamps = builds.map(({ out }) => readText(join(ROOT, out, '.built-from')));
  const fits = (stamp) => stamp === wanted + WITH_ALL || (!all && stamp === wanted);
  if (stamps.every(fits)) return null;
  const why = stamps.includes(null)
    ? 'there is none yet'
    : stamps.includes(wanted)
      ? 'the benchmark is missing'
      : 'a source has changed';
  return { wanted: all ? wanted + WITH_ALL : wanted, why };
}

export async function buildIfStale(all) {
  const stale = staleBuild(all);
  if (stale === null) return;
  say(`Building dist/ (${stale.why}); a few seconds.`);
  for (const { config, configOfAll, out } of BUILDS) {
    const withAll = all && configOfAll !== undefined && existsSync(join(ROOT, configOfAll));
    await build(withAll ? configOfAll : config, out, stale.wanted);
  }
}

async function build(config, out, stamp) {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const failed = 'The build failed; see above.';
  await intoPlace(out, stamp, async (fresh) => {
    await run([process.execPath, tsc], ['-p', join(ROOT, config), '--outDir', fresh], failed);
    if (!existsSync(join(fresh, 'src', 'cli', 'main.js'))) return;
    await run([process.execPath, BUNDLE], [fresh], failed);
  });
}

export async function buildConsoleIfStale() {
  const stale = staleConsole();
  if (stale === null) return;
  say(`Building the console (${stale.why}); a few seconds.`);
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  await intoPlace(CONSOLE.out, stale.wanted, (fresh) =>
    run(
      [process.execPath, vite, 'build', join(ROOT, CONSOLE.folder)],
      ['--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'],
      'The build of the console failed; see above.',
      // Under a test it is `test`, by which React is built with all its checks, twice as large.
      { env: { NODE_ENV: 'production' } },
    ),
  );
}

/** Builds beside and moves into place, so that a build which was cut off leaves the old one whole. */
async function intoPlace(out, stamp, make) {
  const fresh = join(ROOT, `${out === CONSOLE.out ? 'dist' : out}.${process.pid}`);
  const place = join(ROOT, out);
  try {
    await make(fresh);
    mkdirSync(fresh, { recursive: true });
    writeFileSync(join(fresh, '.built-from'), stamp);
    // The console is in a folder of what is built before it, and does not go with that.
    const kept = join(ROOT, CONSOLE.out);
    if (out === 'dist' && existsSync(kept)) renameSync(kept, join(fresh, 'console'));
    rmSync(place, { recursive: true, force: true });
    renameSync(fresh, place);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (/\.[a-z]+$/.test(path)) return /\.(test|conformance)\.ts$/.test(path) ? [] : [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}
