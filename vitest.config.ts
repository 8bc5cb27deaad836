import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';

const MINUTE = 60_000;
const CLOSING = 'test/support/closing.ts';

/** What needs a PostgreSQL whatever else is tested. */
const ON_POSTGRES = [
  'src/store/postgres/**/*.test.ts',
  'test/postgres/**/*.test.ts',
  'test/faults/nodes-*.test.ts',
];
/** What goes through the server, and does not know which store it has: these run on both. */
const ON_BOTH = 'test/e2e/**/*.test.ts';
/**
 * Of these, what is decided before any store is asked, starts one process after another, or asks the store only for
 * what the conformance suite demands of each: once is enough.
 */
const ON_ONE = [
  ...['api-http', 'api-login', 'api-users', 'cli', 'client-address', 'clients', 'details', 'early-stop'],
  ...['failed-logins', 'hostile-json', 'lists-errors', 'openapi', 'operator', 'people-cli', 'people-keys'],
  ...['people-rights', 'stream-slow', 'test-webhook', 'thread-pool', 'base-path'],
].map((name) => `test/e2e/${name}.test.ts`);

/** Several nodes, full disks, damaged files, many rows: `npm run test:faults` alone has the time for these. */
const LONG = [
  ...['full-disk', 'many', 'nodes-database', 'nodes-frozen', 'nodes-kill', 'nodes-standby'],
  ...['refusals', 'volume'],
].map((name) => `test/faults/${name}.test.ts`);

/** What receivers use, on one store. */
const SDK = 'sdk/test/**/*.test.ts';
/**
 * In a process for each file: undici, which the server loads, takes Node's own fetch over, and Node 20's then refuses
 * a `content-length` header. Receivers do not load it.
 */
const sdk: TestProjectInlineConfiguration = {
  extends: true,
  test: { name: 'sdk', include: [SDK], isolate: true },
};

/** Programs that others wrote are there; `npm run test:foreign` alone runs these, and installs what they need. */
const FOREIGN = 'test/foreign/**/*.test.ts';

/**
 * `vitest run --mode faults` runs the fault tests alone, with all their rounds; `--mode foreign` those with programs
 * that others wrote.
 */
export default defineConfig(({ mode }) => {
  if (mode === 'foreign') return foreign;
  const faults = mode === 'faults';
  const all = ['src/**/*.test.ts', 'test/**/*.test.ts'];
  const found = faults ? faultTests() : all;
  const others = ['**/node_modules/**', FOREIGN, ...(faults ? [] : LONG)];
  const isPostgres = (file: string) =>
    /^(src\/store\/postgres\/|test\/postgres\/|test\/faults\/nodes-)/.test(file);
  // Each project reads this file anew, in a mode of its own: without `mode` it would be `test`.
  return {
    test: {
      env: faults ? { FAULT_ROUNDS: 'full' } : {},
      pool: 'forks',
      // A worker keeps the modules from one file to the next: loading the server takes 2 s of a core, and most
      // files start one. So nothing at the top of a module may hold what belongs to one file.
      isolate: false,
      setupFiles: CLOSING,
      // Tests wait more than they compute: with two at once, two cores were idle for half of the time.
      maxWorkers: 3,
      // A limit for what hangs, far from what a slow machine needs.
      testTimeout: faults ? 8 * MINUTE : 2 * MINUTE,
      hookTimeout: MINUTE,
      // Browsers, several servers and databases share two cores: what a neighbour made late gets another try, and
      // the report names it. What is wrong fails each time.
      retry: 2,
      allowOnly: false,
      expect: { requireAssertions: true },
      projects: [
        {
          extends: true,
          mode,
          test: { name: 'sqlite', include: found, exclude: [...others, ...ON_POSTGRES] },
        },
        ...(faults ? [] : [sdk]),
        {
          extends: true,
          mode,
          test: {
            name: 'postgres',
            include: faults ? found.filter(isPostgres) : [...ON_POSTGRES, ON_BOTH],
            exclude: [...others, ...ON_ONE],
            globalSetup: 'test/support/postgres-run.ts',
            env: { LATCHHOOK_TEST_STORE: 'postgres' },
          },
        },
      ],
    },
  };
});

/** No second try: a program that fails once in three times fails at a user's too. */
const foreign: ViteUserConfig = {
  test: {
    name: 'foreign',
    include: [FOREIGN],
    pool: 'forks',
    setupFiles: CLOSING,
    maxWorkers: 2,
    testTimeout: 5 * MINUTE,
    hookTimeout: 2 * MINUTE,
    retry: 0,
    allowOnly: false,
    expect: { requireAssertions: true },
  },
};

/**
 * The long test files, and those that take their number of rounds from `test/support/rounds.ts` or run the suite of
 * stores, which does.
 */
function faultTests(): string[] {
  const withRounds = ['src', 'test']
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter(
      (file) =>
        file.endsWith('.test.ts') &&
        !file.startsWith('test/foreign/') &&
        /support\/rounds\.js|all\.conformance\.js/.test(readFileSync(file, 'utf8')),
    );
  return [...new Set([...LONG, ...withRounds])];
}
