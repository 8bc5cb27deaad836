import { mkdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryProject, temporaryProject } from './temporary-project.js';

const PACKAGE = { name: 'small', version: '1.0.0', type: 'module', engines: { node: '>=20.19' } };

const SCRIPTS = [
  'build.mjs',
  'driver.mjs',
  'install.mjs',
  'one-at-a-time.mjs',
  'prepare.mjs',
  'project.mjs',
  'run.mjs',
];

let project: TemporaryProject;

/** A project without packages of its own, that builds with this repository's compiler. */
beforeEach(async () => {
  project = await temporaryProject(SCRIPTS);
  await writePackage(PACKAGE);
  await project.write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { types: [], skipLibCheck: true } }),
  );
  await project.write(
    'tsconfig.build.json',
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { module: 'NodeNext', target: 'ES2023', rootDir: '.', sourceMap: true },
      include: ['src'],
    }),
  );
  await project.write('src/main.ts', program('one'));
  await project.write('node_modules/.keep', '');
  await symlink(resolve('node_modules/typescript'), join(project.path, 'node_modules/typescript'));
  await project.write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
});
afterEach(() => project.remove());

async function writePackage(fields: object, packages: object = {}): Promise<void> {
  await project.write('package.json', JSON.stringify(fields));
  const lock = { name: 'small', version: '1.0.0', lockfileVersion: 3, packages: { '': fields, ...packages } };
  await project.write('package-lock.json', JSON.stringify(lock));
}

/** Has the project depend on a package that lies in it as a file, and comes from no registry. */
async function dependOnFile(kind: 'dependencies' | 'devDependencies'): Promise<void> {
  await project.write('door/package.json', JSON.stringify({ name: 'door', version: '1.2.3' }));
  await project.write('door/index.js', `module.exports = 'open';`);
  await project.run('npm', 'pack', '--silent', './door');
  const tarball = { version: '1.2.3', resolved: 'file:door-1.2.3.tgz' };
  await writePackage(
    { ...PACKAGE, [kind]: { door: 'file:door-1.2.3.tgz' }, workspaces: ['part'] },
    {
      'node_modules/door': kind === 'dependencies' ? tarball : { ...tarball, dev: true },
      'node_modules/part': { resolved: 'part', link: true },
      part: { version: '1.0.0' },
    },
  );
  await project.write('part/package.json', JSON.stringify({ name: 'part', version: '1.0.0' }));
  await project.write('part/index.js', `module.exports = require('door');`);
}

/** The install alone is looked at: it takes the compiler away, which is in no lock file here. */
const prepare = (...args: string[]) => project.run('node', 'scripts/prepare.mjs', ...args);

function program(says: string): string {
  return `declare const process: any;
console.log('${says}', ...process.argv.slice(2));
process.exitCode = 7;
`;
}

const start = (...args: string[]) => project.run('node', 'scripts/run.mjs', 'dist/src/main.js', ...args);

test('the first start builds, and the program gets its arguments and gives its exit code', async () => {
  const { code, output } = await start('--port', '9000');
  expect(code).toBe(7);
  expect(output).toContain('one --port 9000');
  expect(output).toContain('Building dist/ (there is none yet)');
});

test('when nothing is stale nothing is done, also when files were only touched', async () => {
  await start();
  await writeFile(join(project.path, 'src/main.ts'), program('one'));
  const { output } = await start();
  expect(output).toBe('one\n');
});

test('a changed source is built again, and what is gone from the sources is gone from dist', async () => {
  await project.write('src/old.ts', 'export {};\n');
  await start();
  await rm(join(project.path, 'src/old.ts'));
  await project.write('src/main.ts', program('two'));
  const { output } = await start();
  expect(output).toContain('a source has changed');
  expect(output).toContain('two\n');
  await expect(stat(join(project.path, 'dist/src/old.js'))).rejects.toThrow('ENOENT');
});

test('a build that fails says so, and leaves the one before it whole', async () => {
  await start();
  await project.write('src/main.ts', 'const wrong: number = "text";\n');
  const { code, output } = await start();
  expect(code).toBe(1);
  expect(output).toContain('TS2322');
  expect(output).toContain('The build failed');
  await project.write('src/main.ts', program('one'));
  expect((await start()).output).toBe('one\n');
});

test('the SDK is built first, for programs to import, and again when it is gone', async () => {
  const compilerOptions = { module: 'NodeNext', target: 'ES2022', declaration: true, skipLibCheck: true };
  await project.write('sdk/tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
  await project.write('sdk/src/index.ts', `export const word: 'open' = 'open';\n`);
  await project.write('sdk/package.json', JSON.stringify({ type: 'module' }));
  await project.write('src/main.ts', `import { word } from '../sdk/dist/index.js';\n${program('one')}`);
  await start();
  expect((await stat(join(project.path, 'sdk/dist/index.js'))).isFile()).toBe(true);
  await rm(join(project.path, 'sdk/dist'), { recursive: true });
  expect((await start()).output).toContain('Building');
  expect((await stat(join(project.path, 'sdk/dist/index.d.ts'))).isFile()).toBe(true);
  expect((await start()).output).toBe('one\n');
});

test('a changed lock file is installed from, once, and links to folders of the project hold', async () => {
  await start();
  await dependOnFile('dependencies');
  const { output } = await prepare();
  expect(output).toContain('packages from the lock file (the lock file has changed)');
  const used = await project.run('node', '-p', `require('part')`);
  expect(used.output).toBe('open\n');
  expect((await prepare()).output).not.toContain('Installing');
});

test('what a person installed with npm is taken as it is', async () => {
  await dependOnFile('dependencies');
  const { code } = await project.run('npm', 'ci');
  expect(code).toBe(0);
  expect((await prepare()).output).not.toContain('Installing');
});

test('an install that fails says what to do, and leaves what was installed before', async () => {
  await start();
  await project.write('.npmrc', 'registry=http://127.0.0.1:9/\nfetch-retries=0\n');
  const dependencies = { 'is-nowhere': '1.0.0' };
  await writePackage(
    { ...PACKAGE, dependencies },
    { 'node_modules/is-nowhere': { version: '1.0.0', integrity: 'sha512-AAAA' } },
  );
  const { code, output } = await start();
  expect(code).toBe(1);
  expect(output).toMatch(
    /npm could not install the packages, and says why above\. What was installed before is still there\..*\n$/,
  );
  await writePackage(PACKAGE);
  expect((await start()).output).toBe('one\n');
});

test('an install that was cut off before its last step leaves what was installed before', async () => {
  await start();
  await mkdir(join(project.path, '.installing'));
  await rename(join(project.path, 'node_modules'), join(project.path, '.installing/replaced'));
  expect((await start()).output).toBe('one\n');
  await expect(stat(join(project.path, '.installing'))).rejects.toThrow('ENOENT');
});

test('a start leaves out what only tests need; a test installs it, and a start goes on with that', async () => {
  await dependOnFile('devDependencies');
  await prepare();
  await expect(stat(join(project.path, 'node_modules/door'))).rejects.toThrow('ENOENT');
  const { output } = await prepare('--all');
  expect(output).toContain('tests need more of them');
  expect((await stat(join(project.path, 'node_modules/door/index.js'))).isFile()).toBe(true);
  expect((await prepare()).output).not.toContain('Installing');
});

test('two that start at once do the work once, one after the other', async () => {
  const both = await Promise.all([start(), start()]);
  expect(both.map(({ code }) => code)).toEqual([7, 7]);
  expect(both.filter(({ output }) => output.includes('Building dist/'))).toHaveLength(1);
});

test('a lock left behind by a process that is gone holds nobody up', async () => {
  // The shell is gone when its number is read.
  const { output: gone } = await project.run('sh', '-c', 'printf $$');
  await project.write('.preparing', gone);
  const { code, output } = await start();
  expect(code).toBe(7);
  expect(output).not.toContain('Waiting');
});

test('a Node that is too old is told which one is needed', async () => {
  await writePackage({ ...PACKAGE, engines: { node: '>=99.1' } });
  const { code, output } = await start();
  expect(code).toBe(1);
  expect(output).toBe(`Latchhook needs Node 99.1 or newer, and this is Node ${process.versions.node}.\n`);
});
