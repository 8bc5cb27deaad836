/**
 * `node scripts/run.mjs [--all] <program in dist> [arguments]`: prepares the clone, for all that it holds where that is
 * said, then becomes that program.
 * In the same process, so that signals reach it and its exit code is ours.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

const all = process.argv[2] === '--all';
await prepare({ all });
const [name, ...rest] = process.argv.slice(all ? 3 : 2);
const program = resolve(name);
process.argv = [process.argv[0], program, ...rest];
await import(pathToFileURL(program).href);
