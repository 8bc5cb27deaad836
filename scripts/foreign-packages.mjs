/** Installs the npm packages of test/foreign/packages, which no part of the project itself uses. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../test/foreign/packages/', import.meta.url);
const STAMP = new URL('node_modules/.installed-from', FOLDER);

/** Packages of the manifest that are not installed. */
export function missingPackages() {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', FOLDER), 'utf8'));
  return Object.keys(dependencies).filter(
    (name) => !existsSync(new URL(`node_modules/${name}/package.json`, FOLDER)),
  );
}

/** Tries to install what the lock file says, unless that is there, and says what it does. */
export function installPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(new URL('package-lock.json', FOLDER)))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Installing the npm packages of test/foreign/packages.');
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    cwd: fileURLToPath(FOLDER),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) writeFileSync(STAMP, lock);
}
