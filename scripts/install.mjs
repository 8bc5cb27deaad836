/**
 * The packages of the clone: whether they are those of the lock file, and getting them. A new set is installed in a
 * folder beside and moved into place when it is complete, so that one that fails takes nothing away.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { compileDriver, copyDriver, driver, driverWorks, keepCompiled } from './driver.mjs';
import { fail, hash, npm, ROOT, readJson, readText, run, say, tryRun } from './project.mjs';

const MODULES = join(ROOT, 'node_modules');
const STAMP = '.latchhook-installed.json';
/** Is made by the install and ends with it; a crash may leave it behind. */
const BESIDE = join(ROOT, '.installing');
/** Where the packages are that a new set replaces, until it is in their place. */
const REPLACED = join(BESIDE, 'replaced');
const FRESH = join(BESIDE, 'node_modules');
const KEPT = 'What was installed before is still there.';

/**
 * What the stamp of an up-to-date install says and why the one there is not that; null when it is.
 * @param all with the packages that tests and checks need, beside those for running and building
 */
export function staleInstall(all) {
  const lock = readFileSync(join(ROOT, 'package-lock.json'));
  const wanted = {
    lock: hash([lock]),
    // The driver of SQLite may be compiled for one module ABI: another Node needs it compiled again.
    abi: process.versions.modules,
    platform: `${process.platform}-${process.arch}`,
    all,
  };
  const text = readText(join(MODULES, STAMP));
  const stamp = text === null ? null : JSON.parse(text);
  if (stamp !== null && isFor(stamp, wanted) && (stamp.all || !all)) return null;
  // One for another system has the same packages by name, and other binaries.
  const complete = isInstalled(all) && (stamp === null || stamp.platform === wanted.platform);
  // By a person's own `npm ci`, or under a Node whose driver works on this one too.
  if (complete && driverWorks(MODULES)) {
    writeStamp(MODULES, { ...wanted, all: isInstalled(true) });
    return null;
  }
  return { wanted, complete, why: whyInstall(stamp, wanted) };
}

function isFor(stamp, wanted) {
  return ['lock', 'abi', 'platform'].every((name) => stamp[name] === wanted[name]);
}

export async function installIfStale(all) {
  clear();
  const stale = staleInstall(all);
  if (stale === null) return;
  mkdirSync(BESIDE);
  // A failure ends the process on the spot.
  process.once('exit', clear);
  if (stale.complete && driver(MODULES) !== null) await recompile(stale.wanted);
  else await installBeside(stale);
  process.removeListener('exit', clear);
  clear();
}

function clear() {
  putBack();
  rmSync(BESIDE, { recursive: true, force: true });
}

/** An install that was cut off between its two last steps had taken the old packages away already. */
function putBack() {
  if (existsSync(MODULES) || !existsSync(REPLACED)) return;
  renameSync(existsSync(join(FRESH, STAMP)) ? FRESH : REPLACED, MODULES);
}

/** For another Node only what was compiled for the one before is compiled again, beside the one that works there. */
async function recompile(stamp) {
  say('Compiling better-sqlite3 for this Node; about a minute.');
  copyManifests();
  copyDriver(MODULES, FRESH);
  await compileOrFail();
  keepCompiled(FRESH, MODULES);
  writeStamp(MODULES, { ...stamp, all: isInstalled(true) });
}

async function compileOrFail() {
  if ((await compileDriver(BESIDE)) && driverWorks(FRESH)) return;
  fail(
    `better-sqlite3 could not be compiled for Node ${process.versions.node}: install Python 3, make and a C++ compiler, or use Node 22.14 or newer, which needs none. ${KEPT}`,
  );
}

async function installBeside({ wanted, why }) {
  const { packages } = readJson('package-lock.json');
  const count = Object.values(packages).filter(
    (entry) => !(entry.optional || entry.link) && (wanted.all || !(entry.dev || entry.devOptional)),
  ).length;
  say(`Installing ${count - 1} packages from the lock file (${why}); a minute or two the first time.`);
  copyManifests();
  // Scripts run later: npm leaves out an optional package whose script fails, and says nothing.
  const which = wanted.all ? '--include=dev' : '--omit=dev';
  // The lock file has no addresses, so npm asks for each package where it is; what it was told before is as good, since
  // sums are in the lock file: 30 s in place of 3 minutes where packages were installed before.
  if (!(await tryRun(npm(), ['ci', which, '--ignore-scripts', '--prefer-offline'], { cwd: BESIDE }))) {
    fail(`npm could not install the packages, and says why above. ${KEPT} Mend it and start again.`);
  }
  mkdirSync(FRESH, { recursive: true });
  if (driver(FRESH) !== null) {
    keepCompiled(MODULES, FRESH);
    if (!driverWorks(FRESH)) {
      say('Compiling better-sqlite3 for this Node; about a minute.');
      await compileOrFail();
    }
  }
  const scripts = Object.keys(readJson('package.json').allowScripts ?? {}).filter(
    (name) => name !== 'better-sqlite3' && existsSync(join(FRESH, name)),
  );
  if (scripts.length > 0) {
    await run(npm(), ['rebuild', ...scripts], `A package could not be set up; see above. ${KEPT}`, {
      cwd: BESIDE,
    });
  }
  writeStamp(FRESH, wanted);
  moveIntoPlace();
}

/** All that npm looks at: the workspaces are folders of ours, to which it makes links that hold after the move. */
function copyManifests() {
  const { workspaces = [], dependencies, devDependencies, optionalDependencies } = readJson('package.json');
  const specs = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  const files = specs.filter((spec) => spec.startsWith('file:'));
  for (const name of [
    ...['package.json', 'package-lock.json', '.npmrc'],
    ...workspaces.map((folder) => join(folder, 'package.json')),
    ...files.map((spec) => spec.slice('file:'.length)),
  ]) {
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(BESIDE, name));
  }
}

function moveIntoPlace() {
  if (existsSync(MODULES)) {
    // Belongs to no install.
    const cache = join(MODULES, '.cache');
    if (existsSync(cache)) cpSync(cache, join(FRESH, '.cache'), { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(MODULES, REPLACED);
    } catch (error) {
      if (!['EBUSY', 'EXDEV'].includes(error.code)) throw error;
      return copyIntoPlace();
    }
  }
  renameSync(FRESH, MODULES);
}

/** A mounted folder cannot be renamed. The stamp comes last, so that half a copy is not taken for all. */
function copyIntoPlace() {
  const stamp = JSON.parse(readFileSync(join(FRESH, STAMP), 'utf8'));
  rmSync(join(FRESH, STAMP));
  for (const name of readdirSync(MODULES)) rmSync(join(MODULES, name), { recursive: true, force: true });
  cpSync(FRESH, MODULES, { recursive: true, verbatimSymlinks: true });
  writeStamp(MODULES, stamp);
}

/** Whether npm itself finished an install of exactly these packages: it writes its own record last. */
function isInstalled(all) {
  const lock = readJson('package-lock.json');
  const text = readText(join(MODULES, '.package-lock.json'));
  if (text === null) return false;
  const installed = JSON.parse(text).packages;
  if (!Object.keys(installed).every((path) => path in lock.packages)) return false;
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    if (found) return found.version === wanted.version;
    // Packages for other platforms are in the lock file only.
    return wanted.optional === true || (!all && (wanted.dev === true || wanted.devOptional === true));
  });
}

function whyInstall(stamp, wanted) {
  if (stamp === null) return existsSync(MODULES) ? 'not all are there' : 'none are there yet';
  if (stamp.lock !== wanted.lock) return 'the lock file has changed';
  return isFor(stamp, wanted) ? 'tests need more of them' : 'Node has changed';
}

/** Not over the old one: a file may have other names, in a copy of the clone made of links. */
function writeStamp(modules, stamp) {
  mkdirSync(modules, { recursive: true });
  const file = join(modules, STAMP);
  writeFileSync(`${file}.new`, JSON.stringify(stamp));
  renameSync(`${file}.new`, file);
}
