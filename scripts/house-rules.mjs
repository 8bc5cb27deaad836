/**
 * Rules about files that no linter knows, over everything that git tracks in the working directory.
 * Prints one line per violation and exits with 1 when there is any.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const MAX_LINES = 400;
/** Nobody edits these, and each is one list. */
const GENERATED = /^\/\/ Generated from \S+ by `npm run /;
const CODE = /\.(ts|tsx|mjs|cjs|js)$/;
const TEST = /\.(test|conformance)\.ts$/;
const SRC = /^src\/.*\.ts$/;
const ANY = /^/;

/** Patterns are written so that they do not match their own source. */
const RULES = [
  { in: ANY, find: /\bregistry\.[a-z][a-z.]*\//, say: 'the host of a package registry' },
  {
    in: /package-lock\.json$/,
    find: /"resolved":(?! "(console|scripts|sdk|file:drivers\/[\w.-]+)")/,
    say: 'a download address in the lock file',
  },
  { in: ANY, find: /(?<![\w.$}])\/(home|root|Users|work|mnt)\/[\w.-]+/, say: 'a path of one machine' },
  { in: CODE, find: /\b(TO[D]O|FIX[M]E|X[X]X|H[A]CK)\b/, say: 'unfinished work' },
  {
    in: TEST,
    find: /\.(only|skip|todo|skipIf|runIf|fails)\b\s*[(.]/,
    say: 'a test that is skipped or runs alone',
  },
  { in: TEST, find: /setTimeout\(\s*(r|res|resolve|done|ok)\s*,|timers\/promises/, say: 'a sleep in a test' },
  {
    in: SRC,
    not: /^src\/domain\/url\.ts$/,
    find: /\bcanParse\(/,
    say: 'URL.canParse, which errs once it is hot',
  },
  {
    in: SRC,
    not: /^src\/config\.ts$/,
    find: /\bprocess\.env\b/,
    say: 'the environment read outside src/config.ts',
  },
  {
    in: SRC,
    not: /^src\/(clock|server)\.ts$|\.test\.ts$/,
    find: /\bDate\.now\(|\bMath\.random\(/,
    say: 'time or chance taken instead of being an argument',
  },
];

const NAMES = /(^|\/)(utils?|helpers?|common|types|interfaces)(\/|\.tsx?$)/;

const violations = [];
for (const file of trackedFiles()) {
  if (NAMES.test(file)) violations.push(`${file}: a name that says nothing about what is in it`);
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  if (CODE.test(file) && !GENERATED.test(text) && lines.length - 1 > MAX_LINES) {
    violations.push(`${file}: ${lines.length - 1} lines, at most ${MAX_LINES} are allowed`);
  }
  for (const rule of RULES) {
    if (!rule.in.test(file) || rule.not?.test(file)) continue;
    lines.forEach((line, index) => {
      if (rule.find.test(line)) violations.push(`${file}:${index + 1}: ${rule.say}`);
    });
  }
}

for (const violation of violations) console.log(violation);
if (violations.length > 0) process.exit(1);

function trackedFiles() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(file));
}
