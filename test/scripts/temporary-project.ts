/** A small project in a temporary folder, on which the scripts of this repository are run. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Ran {
  code: number;
  /** stdout and stderr, each whole, in this order */
  output: string;
}

export interface TemporaryProject {
  readonly path: string;
  write(name: string, text: string): Promise<void>;
  /** Runs a program in the folder; an exit code is a result, not an error. */
  run(program: string, ...args: string[]): Promise<Ran>;
  remove(): Promise<void>;
}

/** @param scripts files of `scripts/` that are copied into it */
export async function temporaryProject(scripts: string[]): Promise<TemporaryProject> {
  const path = await mkdtemp(join(tmpdir(), 'latchhook-scripts-'));
  for (const script of scripts) {
    await cp(resolve('scripts', script), join(path, 'scripts', script));
  }
  return {
    path,
    async write(name, text) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    },
    run: (program, ...args) =>
      new Promise((done) => {
        execFile(program, args, { cwd: path }, (error, stdout, stderr) => {
          done({
            code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
            output: stdout + stderr,
          });
        });
      }),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
