/** Names for one process alone: a hosts file of its own, in a mount namespace. */
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folderWith } from './folder.js';
import { program } from './programs.js';

/**
 * What starts a program that finds these names at 127.0.0.1. Throws `not run: …` where a user may not have a mount
 * namespace.
 */
export async function knowing(...names: string[]): Promise<string[]> {
  return (await movableNames(`127.0.0.1 ${names.join(' ')}`)).through;
}

export interface MovableNames {
  through: string[];
  /** From now on the names are found as this line of the hosts file says. */
  move(line: string): Promise<void>;
}

/** The same, with a line of the hosts file that can be replaced while the program runs. */
export async function movableNames(line: string): Promise<MovableNames> {
  const hosts = (names: string) => `127.0.0.1 localhost\n${names}\n`;
  const folder = await folderWith({ hosts: hosts(line) });
  const file = join(folder, 'hosts');
  const user = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const mounted = 'mount --bind "$0" /etc/hosts && exec "$@"';
  const through = [program('unshare'), '--mount', ...user, '/bin/sh', '-c', mounted, file];
  const [command = '', ...args] = [...through, '/bin/true'];
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`not run: a mount namespace cannot be had: ${stderr.trim()}`);
  // The same file: another of its name would not be the one that is mounted.
  return { through, move: (next) => writeFile(file, hosts(next)) };
}
