import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { expect, test } from 'vitest';
import { readPassword } from './read-password.js';

/** A terminal at whose keys nobody sits yet. */
function terminal() {
  const modes: boolean[] = [];
  const keys = new PassThrough();
  const input = Object.assign(keys, {
    isTTY: true,
    setRawMode(raw: boolean) {
      modes.push(raw);
      return input;
    },
  });
  const screen = new PassThrough();
  return { input: input as unknown as ReadStream, keys, screen, modes };
}

test('a password typed twice is read without echo, erased characters left out', async () => {
  const { input, keys, screen, modes } = terminal();

  const password = readPassword(input, screen);
  keys.write('door-kex\x7feper-ü🚪\b7\r');
  await new Promise((resolve) => screen.once('data', resolve));
  keys.write('door-keeper-ü7\r');

  expect(await password).toBe('door-keeper-ü7');
  expect(String(screen.read())).not.toContain('door');
  expect(modes).toEqual([true, false, true, false]);
});

test('two that differ are refused', async () => {
  const { input, keys, screen } = terminal();

  const password = readPassword(input, screen);
  keys.write('one-password\r');
  await new Promise((resolve) => screen.once('data', resolve));
  keys.write('another-one\r');

  await expect(password).rejects.toThrow('the two differ');
});

test('Ctrl-C at the prompt changes nothing and gives the terminal back', async () => {
  const { input, keys, screen, modes } = terminal();

  const password = readPassword(input, screen);
  keys.write('half\x03');

  await expect(password).rejects.toThrow('nothing was changed');
  expect(modes).toEqual([true, false]);
});

test('without a terminal the first line is read, however the input ends', async () => {
  const read = (text: string) => {
    const input = new PassThrough();
    input.end(text);
    return readPassword(input as unknown as ReadStream, new PassThrough());
  };

  expect(await read('door-keeper\r\nmore\n')).toBe('door-keeper');
  expect(await read('door-keeper')).toBe('door-keeper');
  await expect(read('')).rejects.toThrow('no password was given');
});
