/** Programs that run as long as the test that asked for them. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterwards } from '../ephemeral.js';
import { until } from '../until.js';
import { program } from './programs.js';

const LONGEST_END_MS = 5_000;

export interface RunningProgram {
  readonly pid: number;
  /** Both outputs, line by line. */
  readonly lines: string[];
  /** Resolves when it has ended. */
  end(): Promise<void>;
}

export interface Running {
  args: string[];
  /** The program is there once it takes connections at this port. */
  port: number;
  folder: string;
  env?: Record<string, string>;
}

/** Starts a program on loopback and waits until it takes connections. */
export async function running(name: string, { args, port, folder, env }: Running): Promise<RunningProgram> {
  // A group of its own, so that its workers end with it; and it ends with us whatever becomes of us.
  const child = spawn(program('setpriv'), ['--pdeathsig', 'TERM', program(name), ...args], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8', ...env },
  });
  const lines: string[] = [];
  for (const output of [child.stdout, child.stderr])
    createInterface({ input: output }).on('line', (line) => lines.push(line));
  const ended = once(child, 'close');
  const pid = child.pid ?? 0;
  const over = () => child.exitCode !== null || child.signalCode !== null;

  async function end(): Promise<void> {
    const kill = setTimeout(() => process.kill(-pid, 'SIGKILL'), LONGEST_END_MS);
    if (!over()) child.kill('SIGTERM');
    await ended;
    clearTimeout(kill);
  }
  afterwards(end);
  await until(
    async () => {
      if (over()) throw new Error(`${name} ended:\n${lines.join('\n')}`);
      return takesConnections(port);
    },
    (taken) => taken,
  );
  return { pid, lines, end };
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** A port of loopback that is free now, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  return address.port;
}
