import { isatty } from 'node:tty';
import { systemClock } from '../clock.js';
import { type Flags, readOwnConfig } from '../config.js';
import { startServer } from '../server.js';
import { latchhookVersion } from '../version.js';
import { failureLine } from './failure.js';

/** What a shell reports of a process that ended by this signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Ctrl-C under npm comes twice: from the terminal, and from npm, which hands it on. The same signal so soon
 * again is one; ms.
 */
const ONE_SIGNAL_MS = 1_000;

/**
 * Serves until SIGTERM, SIGINT or the end of its terminal; a second one exits at once, and what was under way is done
 * again. Any other SIGHUP has the certificate read again.
 */
export async function serve(flags: Flags): Promise<void> {
  const config = readOwnConfig(flags);
  const aborting = new AbortController();
  let stopping: { by: string; since: number } | null = null;
  const stop = (signal: keyof typeof EXIT_CODES) => {
    const now = systemClock.monotonic();
    if (stopping) {
      if (signal === stopping.by && now - stopping.since < ONE_SIGNAL_MS) return;
      process.exit(EXIT_CODES[signal]);
    }
    stopping = { by: signal, since: now };
    say(`${signal}: stopping; again to stop at once`);
    aborting.abort(new StartStopped());
    // Before it listens, what was opened so far is closed once it does.
    starting
      .then((server) => server.stop(), unlessStopped)
      .then(
        () => say('stopped'),
        (error: unknown) => {
          say(`the stop failed: ${failureLine(error)}`);
          process.exitCode = 1;
        },
      );
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const starting = startServer(config, { aborted: aborting.signal });
  // From the start on: it listens before this function goes on, and the signal would end the process.
  const atTerminal = hasTerminal();
  process.on('SIGHUP', () => {
    if (atTerminal && !hasTerminal()) {
      outliveTerminal();
      aborting.abort(new StartStopped());
      void starting.then((server) => server.stop()).finally(endAtOnce);
    } else if (config.tlsCert === null) say('SIGHUP: without TLS there is nothing to read again');
    else void starting.then(reload, () => {});
  });
  const server = await starting.catch(unlessStopped);
  if (server && process.stdout.isTTY && !stopping) process.stdout.write(banner(server.url));
}

/** The signal came while the start waited for something. */
class StartStopped extends Error {}

function unlessStopped(error: unknown): null {
  if (error instanceof StartStopped) return null;
  throw error;
}

/** A terminal that was closed is none any more; it says so by the signal that others send for a reload. */
function hasTerminal(): boolean {
  return [0, 1, 2].some(isatty);
}

/** What is written from now on goes nowhere, which must not end the stop. */
function outliveTerminal(): void {
  process.stderr.on('error', () => {});
  // The log's, whose output knows of no listener.
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EIO') endAtOnce();
  });
}

/** The log tries for ever to write its last lines before an exit. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

function reload(server: { reloadTls(): void }): void {
  try {
    server.reloadTls();
    say('SIGHUP: the certificate was read again');
  } catch (error) {
    say(`SIGHUP: the former certificate stays: ${failureLine(error)}`);
  }
}

function say(line: string): void {
  process.stderr.write(`latchhook: ${line}\n`);
}

function banner(url: string): string {
  return `Latchhook ${latchhookVersion()} listens on ${url}
Log in as admin at ${url}/api/v1/login; Ctrl-C stops it.
`;
}
