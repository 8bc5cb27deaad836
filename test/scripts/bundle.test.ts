import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('what is bundled into the program brings the licences that ask to go with it', () => {
  const licences = readFileSync('dist/src/cli/parts/LICENSES.txt', 'utf8');
  for (const name of ['commander', 'fastify', 'pino', 'postgres', 'typebox', 'undici']) {
    expect(licences).toMatch(new RegExp(`^${name} [\\d.]+ \\((MIT|Unlicense|ISC)\\)$`, 'm'));
  }
});

test('a start loads few files', () => {
  const parts = readdirSync('dist/src/cli/parts').filter((name) => name.endsWith('.js'));
  expect(parts.length).toBeLessThan(20);
  expect(readFileSync('dist/src/cli/main.js', 'utf8')).not.toMatch(/from ["']commander["']/);
});
