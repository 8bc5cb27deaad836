/** Installs what the foreign tests need from Debian's packages, without starting the services in them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEBIAN_PACKAGES, findProgram } from './foreign-programs.mjs';

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
/** What the packages' own scripts call to start and enable a service. */
const STARTERS = ['invoke-rc.d', 'update-rc.d', 'service', 'deb-systemd-invoke', 'deb-systemd-helper'];

/** Programs that no package has brought yet. */
export const missingPrograms = () =>
  Object.keys(DEBIAN_PACKAGES).filter((name) => findProgram(name) === null);

/** Tries to install what is missing, and says what it does. */
export function installPrograms() {
  const packages = [...new Set(missingPrograms().map((name) => DEBIAN_PACKAGES[name]))];
  if (packages.length === 0) return;
  const root = rootCommand();
  if (root === null) {
    console.log(`To install, as root: apt-get install --no-install-recommends ${packages.join(' ')}`);
    return;
  }
  console.log(`Installing from Debian's packages, without starting services: ${packages.join(' ')}`);
  const guard = startNothing();
  try {
    run([...root, 'apt-get', 'update', '-q']);
    // One by one where not all can be had: the tests of the others run.
    if (!install(root, guard, packages)) for (const name of packages) install(root, guard, [name]);
  } finally {
    rmSync(guard, { recursive: true, force: true });
  }
}

/** What makes a command run as root; null when nothing does. */
function rootCommand() {
  if (findProgram('apt-get') === null) return null;
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function install(root, guard, packages) {
  const options = ['-y', '-q', '--no-install-recommends', '-o', `DPkg::Path=${guard}:${SYSTEM_PATH}`];
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive'];
  return run([...root, ...environment, 'apt-get', 'install', ...options, ...packages]);
}

/**
 * A folder for the front of dpkg's path, with programs in it that do nothing. So no service starts, now or at the
 * next boot, and none that runs is stopped; and nothing of the machine has to be changed and put back.
 */
function startNothing() {
  const folder = mkdtempSync(join(tmpdir(), 'latchhook-foreign-'));
  chmodSync(folder, 0o755);
  for (const name of STARTERS) writeFileSync(join(folder, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return folder;
}

function run([program, ...args]) {
  return spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}
