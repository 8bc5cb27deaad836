/** Other releases of Node, as npm has them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const KEPT = resolve('node_modules/.cache/latchhook-nodes');

/**
 * The folder with `bin/node` and `include/` of the newest release of a major; fetched once.
 * Throws `not run: …` where there is none for this machine.
 */
export async function nodeRelease(major: number): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(KEPT, String(major));
  const folder = join(prefix, 'node_modules', name);
  if (existsSync(join(folder, 'bin', 'node'))) return folder;
  await mkdir(prefix, { recursive: true });
  const install = ['install', '--no-save', '--no-package-lock', `--prefix=${prefix}`, `${name}@${major}`];
  await promisify(execFile)('npm', install, { cwd: prefix }).catch((error: Error) => {
    throw new Error(`not run: npm brings no Node ${major}`, { cause: error });
  });
  return folder;
}

/** An environment in which that Node is the one that runs, with nothing of the npm that runs the tests. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  const clean = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name));
  return { ...Object.fromEntries(clean), PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
}
