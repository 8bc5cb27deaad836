/** Who may import whom; ARCHITECTURE.md says why. Tests may reach further than what they test. */
const TESTS = '\\.(test|conformance)\\.ts$';

/** What the code of `folder` may import: only these, besides packages and Node's own modules. */
function only(folder, allowed, comment) {
  return {
    name: `${folder.replace(/[^a-z]+/g, '-')}-imports`,
    comment,
    severity: 'error',
    from: { path: `^src/${folder}/`, pathNot: TESTS },
    to: { path: '^(src|test|bench|demo|scripts|local-postgres)/', pathNot: [`^src/${folder}/`, ...allowed] },
  };
}

const DOMAIN = '^src/domain/';
const INTERFACES = '^src/store/store\\.ts$';
const EDGES = '^src/(clock|log)\\.ts$';
const SETTINGS = '^src/(config|settings|version)\\.ts$';

module.exports = {
  forbidden: [
    {
      name: 'domain-imports-nothing',
      comment: 'Decisions are pure; node:crypto and node:buffer compute and reach nothing.',
      severity: 'error',
      from: { path: DOMAIN, pathNot: TESTS },
      to: { pathNot: [DOMAIN, '^(node:)?(crypto|buffer)$'] },
    },
    only(
      'store/sqlite',
      [DOMAIN, '^src/store/[^/]+\\.ts$', '^src/store/(listing|moving|panel-log|retention)/', EDGES],
      'A dialect knows the store and no other dialect.',
    ),
    only(
      'store/postgres',
      [DOMAIN, '^src/store/[^/]+\\.ts$', '^src/store/(listing|moving|panel-log|retention)/', EDGES],
      'A dialect knows the store and no other dialect.',
    ),
    only('engine', [DOMAIN, INTERFACES, EDGES], 'The engine knows what a store does, not which one it is.'),
    only(
      'metrics',
      [DOMAIN, INTERFACES, '^src/store/group-commit\\.ts$', '^src/engine/(door|pressure)\\.ts$', EDGES],
      'What is counted is what the engine tells, and what the store lists.',
    ),
    only(
      'api',
      [DOMAIN, INTERFACES, '^src/engine/door\\.ts$', EDGES, SETTINGS],
      'The API asks the engine at its door.',
    ),
    {
      name: 'only-open-knows-the-dialects',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/store/open\\.ts$', '^src/store/(sqlite|postgres)/', TESTS] },
      to: { path: '^src/store/(sqlite|postgres)/' },
    },
    {
      name: 'product-stands-alone',
      comment: 'What is shipped is src alone, without its tests.',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: { path: `^(test|bench|demo|scripts|local-postgres)/|${TESTS}` },
    },
    {
      name: 'sdk-stands-alone',
      comment: 'It runs where there is no Node and is installed without us; frameworks are types to it.',
      severity: 'error',
      from: { path: '^sdk/src/' },
      to: { pathNot: '^sdk/src/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'console-knows-the-sdk-alone',
      comment: 'It sees of us what any client sees.',
      severity: 'error',
      from: { path: '^console/src/' },
      to: { path: '^(src|test|bench|demo|scripts|local-postgres|sdk/src)/' },
    },
    {
      name: 'console-is-imported-by-nobody',
      severity: 'error',
      from: { pathNot: '^console/' },
      to: { path: '^console/' },
    },
    {
      name: 'sdk-is-imported-by-name',
      comment: 'Others use what is built, as its users do.',
      severity: 'error',
      from: { pathNot: '^sdk/' },
      to: { path: '^sdk/src/' },
    },
    {
      name: 'product-uses-no-dev-package',
      severity: 'error',
      from: { path: '^src/', pathNot: TESTS },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['npm', 'type-only'],
      },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
