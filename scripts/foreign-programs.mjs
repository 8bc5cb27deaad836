/** Where the programs of the foreign tests are. Plain JavaScript, for the script that installs them and for the tests. */
import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each program that a test may ask for, and the Debian package that has it. */
export const DEBIAN_PACKAGES = JSON.parse(
  readFileSync(new URL('../test/support/foreign/programs.json', import.meta.url), 'utf8'),
);

/** Debian's own first: a version manager's python3 lacks what Debian's packages bring. */
const SYSTEM = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The path of a program; null when it is not installed. */
export function findProgram(name) {
  const folders = [...SYSTEM, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
