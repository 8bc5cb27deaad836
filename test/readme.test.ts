import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusingUrl } from './support/receiver.js';
import { Terminal } from './support/terminal.js';
import { until } from './support/until.js';

const WALK = '## A first delivery in five minutes';
const SERVER = 'http://127.0.0.1:8480';
const RECEIVER_PORT = '9000';

let dataDir: string;
const terminals: Terminal[] = [];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'latchhook-readme-'));
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.ctrlC();
  await rm(dataDir, { recursive: true, force: true });
});

function open(command: string, env?: NodeJS.ProcessEnv): Terminal {
  const terminal = new Terminal(command, env);
  terminals.push(terminal);
  return terminal;
}

/** The fenced blocks of the walk through, in order. */
async function blocks(): Promise<{ language: string; text: string }[]> {
  const section = (await readFile('README.md', 'utf8')).split(WALK)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language = '', text = '']) => ({
    language,
    text,
  }));
}

/** Runs a block in the shell, and gives back what it printed. */
async function enter(shell: Terminal, block: string): Promise<string> {
  const from = shell.output.length;
  shell.type(`${block}\necho; echo "== after ${from} =="`);
  const end = await shell.prints(new RegExp(`\n== after ${from} ==\n`));
  return shell.output.slice(from).replace(end, '').trim();
}

test('the first delivery of the README works word for word, but for free ports', async () => {
  const [server, receiver, ...steps] = await blocks();
  const env = { ...process.env, LATCHHOOK_DATA_DIR: dataDir, LATCHHOOK_PORT: '0' };
  const started = open(server?.text ?? '', env);
  const url = await started.prints(/http:\/\/127\.0\.0\.1:\d+(?="|\s)/);

  const port = new URL(await refusingUrl()).port;
  const place = (text: string) => text.replaceAll(SERVER, url).replaceAll(RECEIVER_PORT, port);
  const listening = open(place(receiver?.text ?? ''));
  await until(
    () =>
      fetch(`http://127.0.0.1:${port}/`).then(
        () => true,
        () => false,
      ),
    (up) => up,
  );

  const shell = open('exec bash');
  const said: string[] = [];
  for (const [index, step] of steps.entries()) {
    if (step.language !== 'bash') continue;
    const expected = steps[index + 1]?.language === 'json' ? steps[index + 1]?.text.trim() : undefined;
    const run = () => enter(shell, place(step.text));
    // The last one looks at what became of the delivery, which a person does seconds later.
    const last = index === steps.length - 2;
    const shown = last ? await until(run, (text) => text === expected, 50) : await run();
    if (expected === undefined) continue;
    expect(shown).toBe(expected);
    said.push(shown);
  }

  expect(said).toHaveLength(3);
  expect(await listening.prints(/signature ok .*/)).toContain('"owner":"Ana Petrova"');
  await started.ctrlC();
  expect(started.output).toContain('stopped');
});
