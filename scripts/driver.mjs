/**
 * The driver of SQLite, the one package that may have to be compiled: for a Node without N-API 10. Others use a
 * release with binaries; `src/store/sqlite/driver.ts` says why there are two.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { npm, readJson, readText, tryRun } from './project.mjs';

const HAS_BINARIES = Number(process.versions.napi) >= 10;
const WRAPPER = 'latchhook-better-sqlite3-12';

/** Whether the driver that this Node needs is in `node_modules`, and opens a database. */
export function driverWorks(modules) {
  // In a process of its own: a binary for another Node may end it.
  const name = join(modules, HAS_BINARIES ? 'better-sqlite3' : WRAPPER);
  const script = `new (require(${JSON.stringify(name)}))(':memory:').close()`;
  return !isWanted() || spawnSync(process.execPath, ['-e', script], { stdio: 'ignore' }).status === 0;
}

function isWanted() {
  return 'better-sqlite3' in (readJson('package.json').optionalDependencies ?? {});
}

/** The folder of what has to be compiled; null where there is nothing of the kind, or it is not there. */
export function driver(modules) {
  const folder = join(modules, WRAPPER, 'node_modules', 'better-sqlite3');
  return !HAS_BINARIES && existsSync(join(folder, 'package.json')) ? folder : null;
}

export function copyDriver(from, to) {
  cpSync(join(from, WRAPPER), join(to, WRAPPER), { recursive: true });
}

/** Takes over what was compiled, where the release is the same, each file whole. */
export function keepCompiled(from, to) {
  const [source, target] = [driver(from), driver(to)];
  if (source === null || target === null || !existsSync(join(source, 'build'))) return;
  if (versionOf(source) !== versionOf(target)) return;
  const [fresh, old] = [join(target, 'build.new'), join(target, 'build.old')];
  for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  cpSync(join(source, 'build'), fresh, { recursive: true });
  if (existsSync(join(target, 'build'))) renameSync(join(target, 'build'), old);
  renameSync(fresh, join(target, 'build'));
  rmSync(old, { recursive: true, force: true });
}

function versionOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/** Resolves with whether it was compiled; what the compiler says is shown. */
export function compileDriver(project) {
  return tryRun(npm(), ['rebuild', 'better-sqlite3'], { cwd: project, env: headers() });
}

/** The headers of exactly this Node, where they lie beside it: without them they are downloaded. */
function headers() {
  if (process.env.npm_config_nodedir) return {};
  const prefix = join(dirname(process.execPath), '..');
  const text = readText(join(prefix, 'include', 'node', 'node_version.h'));
  const number = (name) => new RegExp(`#define NODE_${name}_VERSION (\\d+)`).exec(text)?.[1];
  const version = ['MAJOR', 'MINOR', 'PATCH'].map(number).join('.');
  return version === process.versions.node ? { npm_config_nodedir: prefix } : {};
}
