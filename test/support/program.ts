/** `latchhook` in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { storeSettings } from './store.js';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export class Program {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;

  constructor(args: string[], env: Record<string, string> = {}) {
    const inherited = { PATH: process.env['PATH'], ...storeSettings(env['LATCHHOOK_DATA_DIR'] ?? '') };
    this.#child = spawn('node', ['dist/src/cli/main.js', ...args], { env: { ...inherited, ...env } });
    this.#closed = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stdout += chunk;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      this.stderr += chunk;
    });
  }

  /** Types a line and ends the input. */
  type(line: string): void {
    this.#child.stdin?.end(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** The first match in either output, once it is there; fails when the program ends without. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.stdout) ?? pattern.exec(this.stderr);
      if (found) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`ended without ${pattern}: ${this.stdout}${this.stderr}`);
      await Promise.race([
        this.#child.stdout && once(this.#child.stdout, 'data'),
        this.#child.stderr && once(this.#child.stderr, 'data'),
        this.#closed,
      ]);
    }
  }

  async ended(): Promise<Ended> {
    await this.#closed;
    return { code: this.#child.exitCode, stdout: this.stdout, stderr: this.stderr };
  }

  /** Ends it whatever it does; fine when it has ended. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}
