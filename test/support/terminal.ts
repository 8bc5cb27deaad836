import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';

/** A program in a terminal of its own: what it has printed, and Ctrl-C. */
export class Terminal {
  output = '';
  readonly #child: ChildProcess;
  /** `change` when something is printed, and at the end. */
  readonly #changes = new EventEmitter();

  constructor(command: string, env: NodeJS.ProcessEnv = process.env) {
    // A process group of its own, since Ctrl-C goes to the whole group.
    this.#child = spawn('bash', ['-c', command], { env, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
    const take = (chunk: Buffer) => {
      this.output += chunk.toString();
      this.#changes.emit('change');
    };
    this.#child.stdout?.on('data', take);
    this.#child.stderr?.on('data', take);
    this.#child.once('close', () => this.#changes.emit('change'));
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Resolves with the first match once it is printed; fails when the program ends before. */
  async prints(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.output)?.[0];
      if (found !== undefined) return found;
      if (this.#ended) throw new Error(`ended without printing ${pattern}:\n${this.output}`);
      await once(this.#changes, 'change');
    }
  }

  /** To the program and all that it started; resolves when they are gone. */
  async ctrlC(): Promise<void> {
    if (this.#child.pid !== undefined) await this.#end(-this.#child.pid, 'SIGINT');
  }

  /** To the program alone, as a supervisor does; resolves with its exit code. */
  async terminate(): Promise<number | null> {
    if (this.#child.pid !== undefined) await this.#end(this.#child.pid, 'SIGTERM');
    return this.#child.exitCode;
  }

  async #end(pid: number, signal: NodeJS.Signals): Promise<void> {
    if (this.#ended) return;
    // Closed when nobody has its output open any more, so also not what it started.
    const closed = once(this.#child, 'close');
    process.kill(pid, signal);
    await closed;
  }

  get #ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }
}
