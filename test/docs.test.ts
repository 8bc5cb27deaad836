import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const PAGES = ['.', 'docs'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** All first groups of `pattern` in the page. */
function found(page: string, pattern: RegExp): string[] {
  return [...readFileSync(page, 'utf8').matchAll(pattern)].map((match) => match[1] ?? '');
}

test.each(PAGES)('%s links to pages that exist', (page) => {
  const links = found(page, /\]\(([^)#\s]+)[^)]*\)/g).filter((link) => !link.includes('://'));
  expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
});

test.each(PAGES)('%s names files that exist', (page) => {
  const paths = found(page, /`((?:src|test|docs|scripts|demo|bench|\.ci)\/[\w./-]+)`/g);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test.each(PAGES)('%s names npm commands that exist', (page) => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const named = [...found(page, /`npm run ([\w:]+)/g), ...found(page, /`npm (start|test)\b/g)];
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('the README, the architecture and the settings are among the pages', () => {
  expect(PAGES).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/settings.md']));
});
