import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Lets a Node process run our TypeScript as it stands, so that no build can be out of date. */
const HOOKS = `
  import { readFileSync } from 'node:fs';
  import { fileURLToPath } from 'node:url';
  import { transformSync } from ${JSON.stringify(import.meta.resolve('rolldown/utils'))};
  export const resolve = (name, context, next) =>
    next(name.startsWith('.') && !context.parentURL?.includes('/node_modules/') ? name.replace(/\\.js$/, '.ts') : name, context);
  export const load = (url, context, next) => url.startsWith('file:') && url.endsWith('.ts')
    ? { format: 'module', shortCircuit: true,
        source: transformSync(fileURLToPath(url), readFileSync(fileURLToPath(url), 'utf8')).code }
    : next(url, context);`;
const asModule = (source: string) => `data:text/javascript,${encodeURIComponent(source)}`;
const LOADER = asModule(
  `import { register } from 'node:module'; register(${JSON.stringify(asModule(HOOKS))}, ${JSON.stringify(import.meta.url)});`,
);

export interface OtherProcess {
  /** The next line it prints; rejects with what it wrote to stderr when it ends instead. */
  line(): Promise<string>;
  /** `kill -9`; resolves with all it had printed that was not asked for. */
  kill(): Promise<string[]>;
}

/** @param program a file beside this one */
export function startProcess(program: string, args: string[]): OtherProcess {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    ['--import', LOADER, file, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process has ended: ${errors.join('')}`);
      return value;
    },
    async kill() {
      child.kill('SIGKILL');
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
  };
}
