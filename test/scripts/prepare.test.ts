import { rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryProject, temporaryProject } from './temporary-project.js';

const PACKAGE = { name: 'small', version: '1.0.0', type: 'module', engines: { node: '>=20.19' } };

const SCRIPTS = ['build.mjs', 'install.mjs', 'one-at-a-time.mjs', 'prepare.mjs', 'project.mjs', 'run.mjs'];

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

async function writePackage(fields: typeof PACKAGE): Promise<void> {
  await project.write('package.json', JSON.stringify(fields));
  const lock = { name: 'small', version: '1.0.0', lockfileVersion: 3, packages: { '': fields } };
  await project.write('package-lock.json', JSON.stringify(lock));
}

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

test('a changed lock file is installed from, once', async () => {
  await start();
  await writePackage({ ...PACKAGE, version: '1.0.1' });
  // npm empties node_modules, and the compiler with it: the install is what is looked at here.
  const { output } = await project.run('node', 'scripts/prepare.mjs');
  expect(output).toContain('Installing 0 packages from the lock file (the lock file has changed)');
  const again = await project.run('node', 'scripts/prepare.mjs');
  expect(again.output).not.toContain('Installing');
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
