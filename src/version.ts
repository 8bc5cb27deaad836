import { readFileSync } from 'node:fs';

/**
 * The version in our own `package.json`. It is looked for upwards, since this file runs from `src/` and
 * from `dist/src/`.
 */
export function latchhookVersion(): string {
  for (const up of ['../package.json', '../../package.json']) {
    const found = readPackage(new URL(up, import.meta.url));
    if (found?.name === 'latchhook' && found.version) return found.version;
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
