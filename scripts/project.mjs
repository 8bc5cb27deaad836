/** The clone that the scripts work on: its files, the programs that run in it, and what is said meanwhile. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The npm that runs us, where one does: its name alone may be another one, or a script that needs a shell. */
export function npm() {
  const cli = process.env.npm_execpath;
  return cli ? [process.execPath, cli] : ['npm'];
}

/** Runs a program to its end in the clone; ends this one with the complaint when it fails. */
export async function run(program, rest, complaint, options = {}) {
  if (!(await tryRun(program, rest, options))) fail(complaint);
}

/** Resolves with whether the program ended well. */
export function tryRun([command, ...first], rest, { cwd = ROOT, env = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...rest], {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    // A supervisor ends this process alone; what then fails is no failure to explain.
    const end = () => {
      child.kill('SIGTERM');
      process.exit(143);
    };
    process.on('SIGTERM', end);
    const ended = (well) => {
      process.removeListener('SIGTERM', end);
      resolve(well);
    };
    child.once('error', (error) => {
      say(`${command}: ${error.message}`);
      ended(false);
    });
    child.once('exit', (code) => ended(code === 0));
  });
}

export function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part).update('\0');
  return sum.digest('hex');
}

export function readJson(name) {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
}

export function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** To stderr, so that what the program itself prints can be piped. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

export function fail(message) {
  say(message);
  process.exit(1);
}
