/**
 * The browser that looks at the console: what `LATCHHOOK_CHROMIUM` names, the one that comes with the packages, or
 * the system's. The packaged one has no windows, and shows the same pages for 57 % of a core's time that a full
 * Chromium takes. A file that is there is no browser yet: each is started, and the first that starts is taken.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium } from 'playwright-core';
import { ROOT, readJson, say, tryRun } from './project.mjs';

const SYSTEM = '/usr/bin/chromium';
const PACKAGE = join('node_modules', '@sparticuz', 'chromium');

/** The line that says what to do; `cause` is why the last one did not start. */
export class NoBrowser extends Error {
  name = 'NoBrowser';
}

/**
 * Starts the first browser that starts.
 * @param options those of playwright-core's `launch`, without `executablePath`
 * @throws NoBrowser
 */
export async function launch(options = {}) {
  let cause;
  for (const candidate of [named, packaged, system]) {
    try {
      const program = await candidate();
      if (program === null) continue;
      const { env, ...rest } = program;
      return await chromium.launch({ ...options, ...rest, env: { ...process.env, ...env } });
    } catch (error) {
      cause = error;
    }
  }
  throw new NoBrowser(
    'No browser starts here: install Chromium (apt-get install chromium), and name it in LATCHHOOK_CHROMIUM unless it is /usr/bin/chromium.',
    { cause },
  );
}

/** Has the system's packages bring one where none starts; resolves with null, or the line that says what to do. */
export async function setUpBrowser(options) {
  try {
    await (await launch(options)).close();
    return null;
  } catch (error) {
    if (!(error instanceof NoBrowser)) throw error;
    if (!(await installFromSystem())) return error.message;
  }
  return launch(options).then(
    (browser) => browser.close().then(() => null),
    (error) => error.message,
  );
}

function named() {
  const executablePath = process.env.LATCHHOOK_CHROMIUM;
  return executablePath ? { executablePath } : null;
}

function system() {
  return { executablePath: SYSTEM };
}

/** Needs no package of the system: it has its libraries and fonts beside it. */
async function packaged() {
  const folder = await unpacked();
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: folder },
  };
}

/** By version in a folder of ours: the package itself takes whatever lies in the system's temporary folder. */
async function unpacked() {
  const { version } = readJson(join(PACKAGE, 'package.json'));
  const folder = join(ROOT, 'node_modules', '.cache', `latchhook-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const fresh = `${folder}.${process.pid}`;
  try {
    mkdirSync(fresh, { recursive: true });
    for (const name of readdirSync(join(ROOT, PACKAGE, 'bin'))) await unpack(name, fresh);
    chmodSync(join(fresh, 'chromium'), 0o755);
    // It names folders of another machine.
    const fonts = join(fresh, 'fonts.conf');
    const dirs = `<dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir>`;
    const text = readFileSync(fonts, 'utf8').replace(/<(dir|cachedir)>[^<]*<\/\1>\s*/g, '');
    writeFileSync(fonts, text.replace('</fontconfig>', `${dirs}</fontconfig>`));
    // Another process may have been first.
    if (!existsSync(folder)) renameSync(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function unpack(name, folder) {
  const file = join(folder, name.replace(/\.br$/, ''));
  await pipeline(
    createReadStream(join(ROOT, PACKAGE, 'bin', name)),
    createBrotliDecompress({ chunkSize: 1 << 20 }),
    createWriteStream(file),
  );
  if (!file.endsWith('.tar')) return;
  execFileSync('tar', ['-xf', file, '-C', folder, '--no-same-owner']);
  rmSync(file);
}

/** Only as root, or where `sudo` asks for nothing. */
async function installFromSystem() {
  if (process.env.LATCHHOOK_CHROMIUM !== undefined || !(await succeeds(['apt-get', '--version'])))
    return false;
  const sudo = process.getuid() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && !(await succeeds([...sudo, 'true']))) return false;
  say('No browser starts here: installing Chromium with apt-get.');
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y'];
  await tryRun(apt, ['update']);
  return tryRun(apt, ['install', '--no-install-recommends', 'chromium', 'fonts-liberation']);
}

function succeeds([command, ...rest]) {
  try {
    execFileSync(command, rest, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
