import { createInterface } from 'node:readline/promises';
import type { ReadStream } from 'node:tty';

const ENTER = /[\r\n]/;
const INTERRUPT = '\x03';
const END_OF_INPUT = '\x04';
const ERASE = new Set(['\x7f', '\b']);

/** A new password: asked for twice and without echo on a terminal, else the first line of the input. */
export async function readPassword(input: ReadStream, prompt: NodeJS.WritableStream): Promise<string> {
  if (!input.isTTY) return firstLine(input);
  const password = await ask(input, prompt, 'New password: ');
  if ((await ask(input, prompt, 'Once more: ')) !== password) throw new Error('the two differ');
  return password;
}

async function firstLine(input: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  throw new Error('no password was given');
}

function ask(input: ReadStream, prompt: NodeJS.WritableStream, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const end = (settle: () => void) => {
      input.off('data', onData).setRawMode(false).pause();
      prompt.write('\n');
      settle();
    };
    const onData = (chunk: string) => {
      for (const key of chunk) {
        if (ENTER.test(key)) return end(() => resolve(typed.join('')));
        if (key === INTERRUPT || key === END_OF_INPUT)
          return end(() => reject(new Error('nothing was changed')));
        if (ERASE.has(key)) typed = typed.slice(0, -1);
        else typed.push(key);
      }
    };
    prompt.write(question);
    input.setRawMode(true).setEncoding('utf8').on('data', onData).resume();
  });
}
