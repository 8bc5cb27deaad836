import { readFileSync } from 'node:fs';

interface Own {
  /** Ends with a slash. */
  folder: URL;
  version: string;
}

let own: Own | null = null;

/** The version in our own `package.json`. */
export function latchhookVersion(): string {
  own ??= findOwn();
  return own.version;
}

/** The folder of the program, with all that belongs to it; ends with a slash. */
export function programFolder(): URL {
  own ??= findOwn();
  return own.folder;
}

/** Upwards: this file runs from `src/`, from `dist/src/`, and as a part of what is bundled. */
function findOwn(): Own {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    const found = readPackage(new URL('package.json', folder));
    if (found?.name === 'latchhook' && found.version) return { folder, version: found.version };
    if (folder.pathname === new URL('../', folder).pathname) break;
  }
  throw new Error('package.json of latchhook was not found beside the program');
}

function readPackage(url: URL): { name?: string; version?: string } | null {
  try {
    return JSON.parse(readFileSync(url, 'utf8')) as { name?: string; version?: string };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}
