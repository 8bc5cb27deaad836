/** The packages of the clone: whether they are those of the lock file, and getting them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hash, npm, ROOT, readJson, readText, run, say } from './project.mjs';

const INSTALLED = join(ROOT, 'node_modules', '.latchhook-installed.json');

/** What the stamp of an up-to-date install says and why the one there is not that; null when it is. */
export function staleInstall() {
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

export async function installIfStale() {
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
