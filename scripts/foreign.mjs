/**
 * `node scripts/foreign.mjs [arguments of vitest]`: the tests with programs that others wrote. Installs what they
 * need, runs them, and names what could not be had. Exits with 1 when something failed or was not there.
 */
import { spawnSync } from 'node:child_process';
import { installPrograms, missingPrograms } from './foreign-debian.mjs';
import { installPackages, missingPackages } from './foreign-packages.mjs';

installPrograms();
installPackages();
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--mode', 'foreign', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, vitest, { stdio: 'inherit' });

const missing = [...missingPrograms(), ...missingPackages()];
for (const name of missing) console.log(`not run: what needs ${name}, which is not installed`);
process.exitCode = status === 0 && missing.length === 0 ? 0 : 1;
