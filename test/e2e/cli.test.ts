import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Program } from '../support/program.js';
import { connectRaw } from '../support/raw-http.js';
import { SELF_SIGNED } from '../support/self-signed.js';
import { dropStore, prepareStore, storeSettings } from '../support/store.js';
import { until } from '../support/until.js';

let dataDir: string;
let programs: Program[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'latchhook-'));
  await prepareStore(dataDir);
  programs = [];
});

afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  await dropStore(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
});

const run = (args: string[], env: Record<string, string> = {}): Program => {
  const program = new Program(args, { LATCHHOOK_DATA_DIR: dataDir, ...env });
  programs.push(program);
  return program;
};

/** Serves on a free port; resolves when it listens. */
const serve = async (env: Record<string, string> = {}) => {
  const program = run(['serve', '--port', '0'], env);
  const [, url = ''] = await program.prints(/"url":"([^"]+)".*listening/);
  return { program, url };
};

const logIn = async (url: string, password: string): Promise<number> => {
  const body = JSON.stringify({ username: 'admin', password });
  return (await fetch(`${url}/api/v1/login`, { method: 'POST', body })).status;
};

const oneLine = (line: RegExp) => ({
  code: 1,
  stderr: expect.stringMatching(new RegExp(`^latchhook: [^\\n]*${line.source}[^\\n]*\\n$`)),
});

describe('latchhook serve', () => {
  test('stops at SIGTERM with a clear line and exit code 0', async () => {
    const { program } = await serve();

    program.signal('SIGTERM');

    expect(await program.ended()).toMatchObject({
      code: 0,
      stderr: 'latchhook: SIGTERM: stopping; again to stop at once\nlatchhook: stopped\n',
    });
  });

  test('exits at once at the second signal', async () => {
    const { program, url } = await serve();
    // A body that never comes keeps the stop waiting.
    const socket = await connectRaw(url);
    socket.write(
      'POST /api/v1/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n',
    );
    await once(socket, 'readable');

    program.signal('SIGINT');
    await program.prints(/SIGINT: stopping/);
    program.signal('SIGTERM');

    expect((await program.ended()).code).toBe(143);
    socket.destroy();
  });

  test('says in one line that its port is in use', async () => {
    const { url } = await serve();
    const { port } = new URL(url);
    const other = mkdtempSync(join(tmpdir(), 'latchhook-'));
    const second = run(['serve', '--port', port, '--data-dir', other]);

    expect(await second.ended()).toMatchObject(oneLine(/127\.0\.0\.1:\d+ is in use already.*LATCHHOOK_PORT/));
    rmSync(other, { recursive: true });
  });

  test('says in one line that a setting is wrong', async () => {
    expect(await run(['serve', '--port', 'x']).ended()).toMatchObject(
      oneLine(/LATCHHOOK_PORT \(--port\) must be an integer from 0 to 65535, not 'x'/),
    );
    expect(await run(['serve'], { LATCHHOOK_EGRESS: 'x' }).ended()).toMatchObject(
      oneLine(/LATCHHOOK_EGRESS/),
    );
    const tls = { LATCHHOOK_TLS_CERT: '/nowhere/c.pem', LATCHHOOK_TLS_KEY: '/nowhere/k.pem' };
    expect(await run(['serve'], tls).ended()).toMatchObject(oneLine(/LATCHHOOK_TLS_CERT: \/nowhere\/c\.pem/));
  });

  test.each([
    ['/sys/latchhook', /(permission denied|can only be read|be created).*LATCHHOOK_DATA_DIR/],
    ['/dev/null/latchhook', /is no folder, or lies below a file; see LATCHHOOK_DATA_DIR/],
  ])('says in one line that it cannot write in %s', async (folder, line) => {
    expect(await run(['serve', '--port', '0', '--data-dir', folder]).ended()).toMatchObject(oneLine(line));
  });

  test('says in one line that the password of the first administrator is in quotes', async () => {
    const env = { LATCHHOOK_ADMIN_PASSWORD: '"door-keeper"' };
    expect(await run(['serve', '--port', '0'], env).ended()).toMatchObject(oneLine(/has quotes around it/));
  });

  test('says in one line that its key is not the one of the store', async () => {
    const { program } = await serve();
    program.signal('SIGTERM');
    await program.ended();

    const env = { LATCHHOOK_SECRET_KEY: 'ab'.repeat(32) };

    expect(await run(['serve', '--port', '0'], env).ended()).toMatchObject(oneLine(/key/));
  });

  test('refuses a flag that does not exist', async () => {
    const { code, stderr } = await run(['serve', '--prot', '1']).ended();

    expect(code).toBe(1);
    expect(stderr).toContain("unknown option '--prot'");
  });

  test('serves HTTPS, and reads its certificate again at SIGHUP', async () => {
    const cert = join(dataDir, 'cert.pem');
    const key = join(dataDir, 'key.pem');
    writeFileSync(cert, SELF_SIGNED.cert);
    writeFileSync(key, SELF_SIGNED.key);
    const { program, url } = await serve({ LATCHHOOK_TLS_CERT: cert, LATCHHOOK_TLS_KEY: key });
    expect(url).toMatch(/^https:/);

    writeFileSync(cert, 'no certificate');
    program.signal('SIGHUP');
    await program.prints(/the former certificate stays/);
    writeFileSync(cert, SELF_SIGNED.cert);
    program.signal('SIGHUP');

    await program.prints(/the certificate was read again/);
  });

  test('goes on at SIGHUP without TLS, and says that there is nothing to read again', async () => {
    const { program, url } = await serve();

    program.signal('SIGHUP');

    await program.prints(/SIGHUP: without TLS there is nothing to read again/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    program.signal('SIGTERM');
    expect((await program.ended()).code).toBe(0);
  });

  test('when its terminal is closed it stops in order, and closes the database', async () => {
    // `script` gives a terminal, which ends with it. What outlives that is the inner shell, which says how the server ended.
    const end = join(dataDir, 'end');
    const command = `(trap "" HUP; ${process.execPath} dist/src/cli/main.js serve --port 0; echo $? >${end})`;
    const env = { PATH: process.env['PATH'], ...storeSettings(dataDir), LATCHHOOK_DATA_DIR: dataDir };
    const terminal = spawn('script', ['-qec', command, '/dev/null'], { env });
    for await (const text of terminal.stdout.setEncoding('utf8')) if (text.includes('Ctrl-C stops it')) break;

    terminal.kill('SIGKILL');

    const code = async () => (existsSync(end) ? readFileSync(end, 'utf8') : '');
    expect(await until(code, (told) => told.endsWith('\n'), 1_000_000)).toBe('137\n');
    // SQLite takes it away when the last connection is closed.
    expect(existsSync(join(dataDir, 'latchhook.db-wal'))).toBe(false);
  });
});

describe('the first administrator', () => {
  test('gets a generated password, which stands in a file for its owner alone and in no log', async () => {
    const { program, url } = await serve();
    const file = join(dataDir, 'initial-password');

    const password = readFileSync(file, 'utf8').trim();

    expect(password).toMatch(/^[A-Za-z2-9]{20}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await logIn(url, password)).toBe(200);
    expect(program.stdout + program.stderr).not.toContain(password);
  });

  test('gets the password of the setting, and no file; later starts change nothing', async () => {
    const first = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'first-password' });
    expect(await logIn(first.url, 'first-password')).toBe(200);
    first.program.signal('SIGTERM');
    await first.program.ended();

    const second = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'second-password' });

    expect(await logIn(second.url, 'second-password')).toBe(400);
    expect(await logIn(second.url, 'first-password')).toBe(200);
    expect(() => statSync(join(dataDir, 'initial-password'))).toThrow('ENOENT');
    expect(first.program.stdout + first.program.stderr).not.toContain('first-password');
  });
});

describe('what is easily guessed or read by others', () => {
  test.each([['a'], ['seven-c'], ['x'.repeat(129)]])(
    'a first start with the password %j is refused with the rule',
    async (password) => {
      const { code, stdout, stderr } = await run(['serve', '--port', '0'], {
        LATCHHOOK_ADMIN_PASSWORD: password,
      }).ended();

      expect({ code, stderr }).toEqual(oneLine(/LATCHHOOK_ADMIN_PASSWORD must have 8 to 128 characters/));
      expect(stdout + stderr).not.toContain(`"${password}"`);
      const { url } = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'eight-ch' });
      expect(await logIn(url, 'eight-ch')).toBe(200);
    },
  );

  test('the password of the setting is looked at no more once there is an account', async () => {
    const first = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'first-password' });
    first.program.signal('SIGTERM');
    await first.program.ended();

    const { url } = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'short' });

    expect(await logIn(url, 'first-password')).toBe(200);
  });

  test('files with secrets that others can read are warned of at each start, until they cannot', async () => {
    const key = join(dataDir, 'tls.pem');
    writeFileSync(key, SELF_SIGNED.key, { mode: 0o600 });
    const cert = join(dataDir, 'cert.pem');
    writeFileSync(cert, SELF_SIGNED.cert);
    const env = { LATCHHOOK_TLS_KEY: key, LATCHHOOK_TLS_CERT: cert };
    const secrets = ['secret.key', 'initial-password', 'tls.pem'].map((name) => join(dataDir, name));
    const warned = async () => {
      const { program } = await serve(env);
      program.signal('SIGTERM');
      const { stdout } = await program.ended();
      return [...stdout.matchAll(/chmod 600 ([^"]+)"/g)].map(([, file]) => file);
    };
    expect(await warned()).toEqual([]);

    for (const [n, file] of secrets.entries()) chmodSync(file, [0o644, 0o640, 0o604][n] ?? 0);
    expect(await warned()).toEqual(secrets);
    for (const file of secrets) chmodSync(file, 0o600);
    expect(await warned()).toEqual([]);
  });
});

describe('latchhook user passwd', () => {
  test('sets a password beside a running server, which knows it at once', async () => {
    const { url } = await serve({ LATCHHOOK_ADMIN_PASSWORD: 'first-password' });
    expect(await logIn(url, 'first-password')).toBe(200);

    const passwd = run(['user', 'passwd', 'admin']);
    passwd.type('second-password');

    expect(await passwd.ended()).toMatchObject({ code: 0, stdout: '' });
    expect(await logIn(url, 'first-password')).toBe(400);
    expect(await logIn(url, 'second-password')).toBe(200);
  });

  test('refuses an unknown user, a short password, and none', async () => {
    await serve();
    const passwd = async (name: string, line: string) => {
      const program = run(['user', 'passwd', name]);
      program.type(line);
      return program.ended();
    };

    expect(await passwd('nobody', 'long enough')).toMatchObject(oneLine(/there is no user nobody/));
    expect(await passwd('admin', 'short')).toMatchObject(oneLine(/between 8 and 128 characters/));
    expect(await passwd('admin', '')).toMatchObject(oneLine(/between 8 and 128 characters/));
  });
});

test('latchhook --version prints the version of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

  expect(await run(['--version']).ended()).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});
