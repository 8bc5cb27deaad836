/**
 * `node scripts/bundle.mjs <folder>`: makes `latchhook` in that folder of few files in place of 1,400, most of them of
 * packages. A start then takes half the time: 0.57 s in place of 1.08, 0.65 s of CPU in place of 1.37.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const folder = join(process.argv[2], 'src', 'cli');
/** Packages with binaries, which are found beside their own files. */
const NATIVE = ['@node-rs/argon2', 'better-sqlite3', 'latchhook-better-sqlite3-12'];

const bundle = await rolldown({
  input: join(folder, 'main.js'),
  platform: 'node',
  external: [/^node:/, ...builtinModules, ...NATIVE],
  // Packages may do something where they are only imported.
  treeshake: false,
});
const { output } = await bundle.write({
  dir: folder,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
});
// Of the file that it took the place of.
rmSync(join(folder, 'main.js.map'), { force: true });
const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []));
writeFileSync(join(folder, 'parts', 'LICENSES.txt'), licences(modules));

/** Of the packages that are part of it, as they ask for. */
function licences(modules) {
  const packages = new Map();
  for (const id of modules) {
    const [, path, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(id) ?? [];
    if (path !== undefined && existsSync(join(path, 'package.json'))) packages.set(path, name);
  }
  const texts = [...packages].sort().map(([path, name]) => {
    const { version, license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'));
    const files = readdirSync(path).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const own = files.map((file) => readFileSync(join(path, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...own].join('\n\n');
  });
  return `${texts.join('\n\n----\n\n')}\n`;
}
