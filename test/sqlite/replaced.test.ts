import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Program } from '../support/program.js';

const NOTE = /^# of the store made \d{4}-\d\d-\d\dT[\d:.]+Z$/m;

let folder: string;
let programs: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'latchhook-replaced-'));
  programs = [];
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.kill()));
  rmSync(folder, { recursive: true, force: true });
});

const at = (...parts: string[]) => join(folder, ...parts);
const keyIn = (name: string) => readFileSync(at(name, 'secret.key'), 'utf8');

function serve(name: string, env: Record<string, string> = {}): Program {
  const program = new Program(['serve', '--port', '0'], { LATCHHOOK_DATA_DIR: at(name), ...env });
  programs.push(program);
  return program;
}

async function served(name: string, env: Record<string, string> = {}): Promise<void> {
  const program = serve(name, env);
  await program.prints(/listening/);
  program.signal('SIGTERM');
  expect((await program.ended()).code).toBe(0);
}

/** What the start is refused with, in one line. */
async function refusal(name: string, env: Record<string, string> = {}): Promise<string> {
  const { code, stderr } = await serve(name, env).ended();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^latchhook: [^\n]+\n$/);
  return stderr;
}

function copy(from: string, to: string, files: string[]): void {
  mkdirSync(at(to));
  for (const file of files) copyFileSync(at(from, file), at(to, file));
}

test('a database that was copied without its -wal file is refused, and left as it is', async () => {
  const running = serve('home');
  await running.prints(/listening/);
  copy('home', 'copy', ['latchhook.db', 'secret.key']);
  copy('home', 'whole', ['latchhook.db', 'latchhook.db-wal', 'secret.key']);
  const before = readFileSync(at('copy', 'latchhook.db'));

  const said = await refusal('copy');

  expect(said).toContain(`${at('copy', 'latchhook.db')} is empty`);
  expect(said).toContain(at('copy', 'secret.key'));
  expect(said).toContain('-wal');
  expect(readFileSync(at('copy', 'latchhook.db'))).toEqual(before);
  // What was forgotten is brought back.
  copyFileSync(at('home', 'latchhook.db-wal'), at('copy', 'latchhook.db-wal'));
  await served('copy');
  await served('whole');
});

test('a key whose database is gone is refused until one of both is put right, and a tool makes none either', async () => {
  await served('home');
  expect(keyIn('home')).toMatch(NOTE);
  expect(statSync(at('home', 'secret.key')).mode & 0o777).toBe(0o600);
  await served('home');
  expect(keyIn('home').match(/#/g)).toHaveLength(1);
  rmSync(at('home', 'latchhook.db'));

  expect(await refusal('home')).toContain('To begin with an empty store on purpose, move the key away');
  expect(existsSync(at('home', 'latchhook.db'))).toBe(false);
  writeFileSync(at('home', 'latchhook.db'), '');
  expect(await refusal('home')).toContain('is empty or not there');

  rmSync(at('home', 'secret.key'));
  await served('home');
});

test('a key that notes no store is content with any, and notes the one that it is used with', async () => {
  await served('old');
  const [key = ''] = keyIn('old').split('\n');
  // as an older release left it
  writeFileSync(at('old', 'secret.key'), `${key}\n`);
  await served('old');
  expect(keyIn('old')).toMatch(NOTE);

  // as a person makes one before the first start
  copy('old', 'new', ['secret.key']);
  writeFileSync(at('new', 'secret.key'), key);
  await served('new');
  expect(keyIn('new')).toMatch(NOTE);
  expect(keyIn('new').split('\n')[0]).toBe(key);
});

test('a database that was made after the one of the key is refused, whatever the times of the files', async () => {
  await served('first');
  const whole = keyIn('first');
  // with all that is in the file, as somebody copies it
  await served('second', { LATCHHOOK_SECRET_KEY: whole });
  expect(existsSync(at('second', 'secret.key'))).toBe(false);
  copyFileSync(at('first', 'secret.key'), at('second', 'secret.key'));

  expect(await refusal('second')).toMatch(/latchhook\.db was made at \S+Z, later than the one of the key/);

  writeFileSync(at('second', 'secret.key'), whole.replace(NOTE, ''));
  await served('second');
  // an older database under a younger key is a restored one
  copyFileSync(at('second', 'secret.key'), at('first', 'secret.key'));
  await served('first');
});
