/**
 * `node scripts/run.mjs <program in dist> [arguments]`: prepares the clone, then becomes that program.
 * In the same process, so that signals reach it and its exit code is ours.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare } from './prepare.mjs';

await prepare();
const program = resolve(process.argv[2]);
process.argv = [process.argv[0], program, ...process.argv.slice(3)];
await import(pathToFileURL(program).href);
