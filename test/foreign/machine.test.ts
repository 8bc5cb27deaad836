/** Machines that lack something: a browser, a compiler, a registry. */
import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environmentOf } from '../support/foreign/node-release.js';
import { program } from '../support/foreign/programs.js';

const OWN = dirname(dirname(process.execPath));
const MINUTE = 60_000;
const DRIVER = 'node_modules/latchhook-better-sqlite3-12/node_modules/better-sqlite3';

interface Ran {
  code: number;
  output: string;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'latchhook-machine-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In a namespace of its own for mounts, where `setup` has been run, and for the network, which leads nowhere. */
function run(setup: string, command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> {
  try {
    execFileSync('unshare', ['-rmn', 'true'], { stdio: 'ignore' });
  } catch (cause) {
    throw new Error('not run: this system gives no namespaces (unshare -rmn)', { cause });
  }
  // Loopback is up, as it is on any machine.
  const script = `set -e; ip link set lo up 2>/dev/null || true; ${setup}\nexec ${command}`;
  return new Promise((done) => {
    execFile(
      'unshare',
      ['-rmn', 'sh', '-c', script],
      { cwd, env, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        done({ code, output: stdout + stderr });
      },
    );
  });
}

/** Prints the browser's version, and whether a page with text looks different from one without. */
const LOOK = `
import { launch } from './scripts/browser.mjs';
const browser = await launch({ args: ['--no-sandbox', '--headless', '--disable-gpu'] });
const page = await browser.newPage();
const empty = await page.screenshot();
await page.setContent('<p style="font: 40px sans-serif">The door was opened.</p>');
const written = await page.screenshot();
console.log(browser.version(), written.equals(empty) ? 'blank' : 'written');
await browser.close();
`;
const PACKAGED = /^147\.\d+\.\d+\.\d+ written\n$/;
const NO_CHROMIUM = '[ ! -e /usr/bin/chromium ] || mount --bind /dev/null /usr/bin/chromium';

test(
  'a page with text is shown by the Chromium that is named, and by the packaged one where that does not start or there is none',
  async () => {
    const command = `node --input-type=module --eval "$LOOK"`;
    const env = { ...environmentOf(OWN), LOOK };
    expect((await run(NO_CHROMIUM, command, resolve('.'), env)).output).toMatch(PACKAGED);
    const withNamed = (path: string) => run('', command, resolve('.'), { ...env, LATCHHOOK_CHROMIUM: path });
    expect((await withNamed('/bin/false')).output).toMatch(PACKAGED);
    const { output } = await withNamed(program('chromium'));
    expect(output).toMatch(/ written\n$/);
    expect(output).not.toMatch(PACKAGED);
  },
  3 * MINUTE,
);

test(
  'where no browser starts `npm test` runs no test of the console, says what to do in its last line, and fails',
  async () => {
    const nothing = join(folder, 'nothing');
    await mkdir(nothing);
    const setup = [
      NO_CHROMIUM,
      `mount --bind ${nothing} node_modules/@sparticuz/chromium/bin`,
      'mkdir -p node_modules/.cache',
      `mount --bind ${nothing} node_modules/.cache`,
    ].join(' && ');
    const env = {
      ...environmentOf(OWN),
      LATCHHOOK_CHROMIUM: '/usr/bin/chromium',
    };
    const { code, output } = await run(
      setup,
      'npm test -- --project=sqlite test/console/first-run.test.ts',
      resolve('.'),
      env,
    );
    expect(code).toBe(1);
    expect(output).toMatch(/skipped/);
    expect(output).not.toMatch(/Tests .*(passed|failed)/);
    expect(output).toMatch(
      /\nNot run: the tests of the console\. No browser starts here: install Chromium .*\n$/,
    );
  },
  10 * MINUTE,
);

test(
  'without a registry another Node and another lock file take nothing away, and the driver is compiled from the headers beside Node',
  async () => {
    if (!process.versions.node.startsWith('20.')) {
      throw new Error(`not run: nothing is compiled for Node ${process.versions.node}, run it on Node 20`);
    }
    const project = await projectWithPackages();
    const env = { ...environmentOf(OWN), npm_config_fetch_retries: '0' };
    const prepare = (more: NodeJS.ProcessEnv = {}) =>
      run('', 'node scripts/prepare.mjs', project, { ...env, ...more });

    // another lock file
    const lock = await readFile(join(project, 'package-lock.json'), 'utf8');
    await writeFile(
      join(project, 'package-lock.json'),
      lock.replace(/("node_modules\/fastify": \{\s+"version": ")[^"]+/, '$10.0.1'),
    );
    const failed = await prepare();
    expect(failed.code).toBe(1);
    expect(failed.output).toMatch(
      /npm could not install the packages, and says why above\. What was installed before is still there\./,
    );
    await writeFile(join(project, 'package-lock.json'), lock);
    expect(await prepare()).toEqual({ code: 0, output: '' });

    // another Node, on a machine without a compiler
    await rm(join(project, DRIVER, 'build'), { recursive: true });
    await restamp(project);
    const bare = await pathWithoutCompiler();
    const refused = await prepare({ PATH: bare });
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      /\nbetter-sqlite3 could not be compiled for Node 20\.\S+: install Python 3, make and a C\+\+ compiler, or use Node 22\.14 or newer, which needs none\. What was installed before is still there\.\n$/,
    );
    await stat(join(project, 'node_modules/fastify/package.json'));

    // and with one
    const compiled = await prepare();
    expect(compiled.output).toContain('Compiling better-sqlite3');
    expect(compiled.code).toBe(0);
    await stat(join(project, DRIVER, 'build/Release/better_sqlite3.node'));
    expect(await prepare()).toEqual({ code: 0, output: '' });
  },
  15 * MINUTE,
);

/** What is installed and built here, without a second copy on the disk. */
async function projectWithPackages(): Promise<string> {
  const project = join(folder, 'project');
  execFileSync('git', ['clone', '-q', resolve('.'), project]);
  execFileSync('cp', ['-al', resolve('node_modules'), join(project, 'node_modules')]);
  for (const built of ['dist', 'sdk/dist']) {
    await cp(resolve(built), join(project, built), { recursive: true });
  }
  return project;
}

/** As another Node would have left it; by another file, since this one is shared. */
async function restamp(project: string): Promise<void> {
  const file = join(project, 'node_modules/.latchhook-installed.json');
  const stamp = JSON.parse(await readFile(file, 'utf8'));
  await rm(file);
  await writeFile(file, JSON.stringify({ ...stamp, abi: '1' }));
}

async function pathWithoutCompiler(): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  await symlink(process.execPath, join(bin, 'node'));
  await symlink(npm, join(bin, 'npm'));
  for (const name of ['sh', 'env', 'uname', 'dirname', 'unshare', 'ip', 'true']) {
    const path = execFileSync('sh', ['-c', `command -v ${name} || true`], { encoding: 'utf8' }).trim();
    if (path.startsWith('/')) await symlink(path, join(bin, name));
  }
  return bin;
}
