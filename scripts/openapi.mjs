/**
 * Writes what is generated from the API's contract: `docs/openapi.json` and the SDK's typed calls. With
 * `--check` it writes nothing, names those that are stale, and exits with 1 when there are any.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clientCalls, clientQueries, clientRules, clientSchemas } from './client-source.mjs';
import { prepare } from './prepare.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

await prepare({ all: true });
const { publishedDocument } = await import('../dist/src/api/openapi/published.js');
const document = publishedDocument();

const FILES = {
  'docs/openapi.json': JSON.stringify(document),
  'sdk/src/client/schemas.ts': clientSchemas(document),
  'sdk/src/client/rules.ts': clientRules(document),
  'sdk/src/client/queries.ts': clientQueries(document),
  'sdk/src/client/client.ts': clientCalls(document),
};

const stale = [];
for (const [file, source] of Object.entries(FILES)) {
  const path = join(ROOT, file);
  const text = formatted(file, source);
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) writeFileSync(path, text);
}
if (process.argv.includes('--check')) {
  for (const file of stale) console.log(`${file}: stale; npm run openapi writes it`);
  if (stale.length > 0) process.exit(1);
}

function formatted(file, source) {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'check', '--write', `--stdin-file-path=${file}`], {
    cwd: ROOT,
    input: source,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
