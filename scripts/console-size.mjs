/**
 * What a browser loads before the first page of the console stands: its scripts, compressed by gzip, which is
 * more than by brotli. Exits with 1 when that is above the limit.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_BYTES = 250 * 1024;
const BUILT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'console');
/** After the log-in at `/`: the frame and this page. */
const FIRST_PAGE = 'src/overview/overview-page.tsx';

const manifest = JSON.parse(readFileSync(join(BUILT, '.vite', 'manifest.json'), 'utf8'));
const first = new Set();
for (const name of ['index.html', FIRST_PAGE]) collect(name);
for (const page of ['frame', 'overview']) collect(largestTexts(page));

const bytes = [...first].reduce((sum, name) => sum + compressedSize(name), 0);
const whole = Object.keys(manifest).reduce((sum, name) => sum + compressedSize(name), 0);
console.log(`console: ${kb(bytes)} of script at first, at most ${kb(LIMIT_BYTES)}; ${kb(whole)} in all`);
if (bytes > LIMIT_BYTES) process.exit(1);

/** A chunk and what it imports at once. */
function collect(name) {
  if (!(name in manifest)) throw new Error(`the console was built without ${name}`);
  if (first.has(name)) return;
  first.add(name);
  for (const imported of manifest[name].imports ?? []) collect(imported);
}

function largestTexts(page) {
  return Object.keys(manifest)
    .filter((name) => new RegExp(`^src/texts/\\w+/${page}\\.ts$`).test(name))
    .sort((a, b) => compressedSize(b) - compressedSize(a))[0];
}

function compressedSize(name) {
  const { file } = manifest[name];
  const path = join(BUILT, `${file}.gz`);
  return file.endsWith('.js') && existsSync(path) ? statSync(path).size : 0;
}

function kb(size) {
  return `${Math.ceil(size / 1024)} KB`;
}
