import { userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Ended, Program } from '../support/program.js';
import { basic, startTestServer, type TestServer } from '../support/server.js';

const PASSWORD = 'eight-ch';

let server: TestServer;
let programs: Program[];

beforeEach(async () => {
  server = await startTestServer();
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  await server.stop();
});

/** `latchhook user …` beside the server, with a line as its input. */
const user = (args: string[], line = PASSWORD): Promise<Ended> => {
  const program = new Program(['user', ...args], { LATCHHOOK_DATA_DIR: server.config.dataDir });
  programs.push(program);
  program.type(line);
  return program.ended();
};
const logIn = async (username: string, password = PASSWORD) =>
  (await server.call('POST', '/api/v1/login', { body: { username, password } })).json;
const oneLine = (text: string) => ({ code: 1, stdout: '', stderr: `latchhook: ${text}\n` });

describe('latchhook user, beside a running server', () => {
  test('adds accounts, which log in at once; without a type they may read', async () => {
    expect(await user(['add', 'porter'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'porter can log in now (user).\n',
    });
    expect(await user(['add', 'caretaker', '--type', 'admin'])).toMatchObject({ code: 0 });

    expect(await logIn('porter')).toMatchObject({ account_type: 'user' });
    expect(await logIn('caretaker')).toMatchObject({ account_type: 'admin' });
    expect(await user(['add', 'porter'])).toEqual(oneLine('there is a user porter already'));
  });

  test('lists accounts in the order in which they were made, whatever their names', async () => {
    await server.account('line\nbreak \u001b[31m\u009b', 'user');

    const { code, stdout } = await user(['list']);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^admin {2}\d{4}-\d\d-\d\dT[\d:.]+Z {2}"admin"\nuser {3}\S+ {2}"line\\nbreak \\u001b\[31m\\u009b"\n$/,
    );
  });

  test('removes an account and its log-ins, but not the last administrator', async () => {
    const authorization = await server.account('porter', 'user');

    expect(await user(['remove', 'porter'])).toMatchObject({ code: 0, stdout: '' });

    expect(await server.call('GET', '/api/v1/webhooks', { headers: { authorization } })).toMatchObject({
      status: 401,
    });
    expect(await user(['remove', 'porter'])).toEqual(oneLine('there is no user porter'));
    expect(await user(['remove', 'admin'])).toEqual(
      oneLine('admin is the last administrator; add another one before'),
    );
  });

  test('is in the audit trail, by the account on this machine', async () => {
    await user(['add', 'porter']);
    await user(['passwd', 'porter'], 'another one');
    await user(['remove', 'porter']);

    const query = 'filter_field=actor_kind&filter_value=cli&sort_type=asc';
    const { json, text } = await server.admin('GET', `/api/v1/audit?${query}`);
    const by = { actor_kind: 'cli', actor_uid: null, actor_name: userInfo().username, address: null };
    expect(json).toMatchObject({
      list_items: [
        { ...by, action: 'user.created', after: { username: 'porter', account_type: 'user' } },
        { ...by, action: 'user.changed', changed: ['password'] },
        { ...by, action: 'user.removed', before: { username: 'porter' }, after: null },
      ],
    });
    expect(text).not.toContain(PASSWORD);
  });

  test('refuses bad names, passwords and types in one line, and changes nothing', async () => {
    expect(await user(['add', 'x'.repeat(65)])).toEqual(
      oneLine('Username must be between 1 and 64 characters'),
    );
    expect(await user(['add', 'porter'], 'short')).toEqual(
      oneLine('Password must be between 8 and 128 characters'),
    );
    expect(await user(['add', 'porter', '--type', 'root'])).toMatchObject({ code: 1, stdout: '' });
    expect(await user(['add', 'two', 'names'])).toMatchObject({ code: 1, stdout: '' });

    const headers = { authorization: basic('porter', PASSWORD) };
    expect(await server.call('GET', '/api/v1/webhooks', { headers })).toMatchObject({ status: 401 });
    expect((await server.admin('GET', '/api/v1/users')).json).toMatchObject({ list_items: { length: 1 } });
  });
});
