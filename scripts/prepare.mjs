/**
 * Makes a clone ready to run: installs and builds what is missing or stale, and nothing else.
 * Plain JavaScript without dependencies, since it runs before there are any.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { oneAtATime } from './one-at-a-time.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const INSTALLED = join(ROOT, 'node_modules', '.latchhook-installed.json');
/** What the build reads: a change in one of these makes what was built stale. */
const SOURCES = [
  ...['src', 'bench', 'demo', 'local-postgres', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
  ...['sdk/src', 'sdk/tsconfig.json'],
];
/** In this order: programs use the SDK as it is built. Each holds the stamp of all sources. */
const BUILDS = [
  { config: 'sdk/tsconfig.json', out: 'sdk/dist' },
  { config: 'tsconfig.build.json', out: 'dist' },
].filter(({ config }) => existsSync(join(ROOT, config)));
/** The console goes by a stamp of its own: most changes leave it as it is. */
const CONSOLE = { folder: 'console', out: 'dist/console' };
const CONSOLE_SOURCES = [CONSOLE.folder, 'sdk/src', 'package-lock.json'];

/** Installs and builds where needed. Exits with a message when that fails. */
export async function prepare() {
  requireNode();
  if (staleInstall() === null && staleBuild() === null && staleConsole() === null) return;
  // Two of us at once, say a start and a test in two terminals, would take each other's files away.
  await oneAtATime(
    join(ROOT, '.preparing'),
    async () => {
      await installIfStale();
      await buildIfStale();
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

/** What the stamp of an up-to-date install says and why the one there is not that; null when it is. */
function staleInstall() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  // better-sqlite3 is compiled for one module ABI: another Node needs it compiled again.
  const wanted = {
    lock: hash([lock]),
    abi: process.versions.modules,
    platform: `${process.platform}-${process.arch}`,
  };
  const stamp = readText(INSTALLED);
  if (stamp === JSON.stringify(wanted)) return null;
  if (stamp === null && isInstalled()) {
    writeFileSync(INSTALLED, JSON.stringify(wanted));
    return null;
  }
  return { wanted, why: whyInstall(stamp, wanted) };
}

async function installIfStale() {
  const stale = staleInstall();
  if (stale === null) return;
  const { packages } = readJson('package-lock.json');
  const count = Object.values(packages).filter((entry) => !entry.optional).length - 1;
  say(`Installing ${count} packages from the lock file (${stale.why}); about a minute`);
  say('  where better-sqlite3 has to be compiled, a few seconds where it has not.');
  await run(npm(), ['ci'], 'Installing failed; what npm said stands above.');
  mkdirSync(dirname(INSTALLED), { recursive: true });
  writeFileSync(INSTALLED, JSON.stringify(stale.wanted));
}

/** Whether npm itself finished an install of exactly these packages: it writes its own record last. */
function isInstalled() {
  const lock = readJson('package-lock.json');
  const text = readText(join(ROOT, 'node_modules', '.package-lock.json'));
  if (text === null) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    // Packages for other platforms are in the lock file only.
    return found ? found.version === wanted.version : wanted.optional === true;
  });
}

function whyInstall(stamp, wanted) {
  if (stamp !== null)
    return JSON.parse(stamp).lock === wanted.lock ? 'Node has changed' : 'the lock file has changed';
  return existsSync(join(ROOT, 'node_modules')) ? 'not all are there' : 'none are there yet';
}

/** The same for the build. */
function staleBuild() {
  return staleAgainst(SOURCES, BUILDS);
}

function staleConsole() {
  if (!existsSync(join(ROOT, CONSOLE.folder))) return null;
  return staleAgainst(CONSOLE_SOURCES, [CONSOLE]);
}

function staleAgainst(sources, builds) {
  const files = sources.flatMap((name) => filesUnder(join(ROOT, name))).sort();
  const wanted = hash(files.flatMap((file) => [relative(ROOT, file), readFileSync(file)]));
  const stamps = builds.map(({ out }) => readText(join(ROOT, out, '.built-from')));
  if (stamps.every((stamp) => stamp === wanted)) return null;
  return { wanted, why: stamps.includes(null) ? 'there is none yet' : 'a source has changed' };
}

async function buildIfStale() {
  const stale = staleBuild();
  if (stale === null) return;
  say(`Building dist/ (${stale.why}); a few seconds.`);
  for (const { config, out } of BUILDS) await build(config, out, stale.wanted);
}

async function build(config, out, stamp) {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  await intoPlace(out, stamp, (fresh) =>
    run(
      [process.execPath, tsc],
      ['-p', join(ROOT, config), '--outDir', fresh],
      'The build failed; see above.',
    ),
  );
}

async function buildConsoleIfStale() {
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
      { NODE_ENV: 'production' },
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

/** The npm that runs us, where one does: its name alone may be another one, or a script that needs a shell. */
function npm() {
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, cli] : ['npm'];
}

function run([command, ...first], rest, complaint, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...rest], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.once('error', (error) => fail(`${complaint}\n${error.message}`));
    child.once('exit', (code) => (code === 0 ? resolve() : fail(complaint)));
  });
}

function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

function readJson(name) {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** To stderr, so that what the program itself prints can be piped. */
function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(message) {
  say(message);
  process.exit(1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await prepare();
