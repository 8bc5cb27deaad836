/** Child processes that do one job each and are asked over Node's own channel. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { systemClock } from '../src/clock.js';

/** A benchmark is bounded: a child that takes longer than this has failed. */
const LONGEST_MS = 120_000;

type AnyApi = Record<string, (argument: never) => Promise<unknown>>;

interface Question {
  id: number;
  verb: string;
  argument: unknown;
}
type Answer = { id: number; value: unknown } | { id: number; error: string };

export interface Child<Api extends AnyApi> {
  ask<Verb extends keyof Api & string>(
    verb: Verb,
    argument: Parameters<Api[Verb]>[0],
  ): Promise<Awaited<ReturnType<Api[Verb]>>>;
  /** Ends the process, and waits until it is gone. */
  end(): Promise<void>;
}

/**
 * @param module a file beside this one, without its ending
 * @param stdout what becomes of all that it prints
 * @param flags of Node
 */
export function startChild<Api extends AnyApi>(
  module: string,
  stdout: 'inherit' | 'ignore' = 'inherit',
  flags: string[] = [],
): Child<Api> {
  const child = fork(new URL(`./${module}.js`, import.meta.url), {
    execArgv: flags,
    stdio: ['ignore', stdout, 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let asked = 0;
  child.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) asker?.reject(new Error(`${module}: ${answer.error}`));
    else asker?.resolve(answer.value);
  });
  child.once('exit', (code) => {
    for (const asker of waiting.values()) asker.reject(new Error(`${module} ended with code ${code}`));
  });
  return {
    ask(verb, argument) {
      const id = asked++;
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`${module} did not ${verb} in time`)), LONGEST_MS);
        waiting.set(id, {
          resolve(value) {
            clearTimeout(late);
            resolve(value as never);
          },
          reject(error) {
            clearTimeout(late);
            reject(error);
          },
        });
        child.send({ id, verb, argument } satisfies Question);
      });
    },
    end: () => endChild(child),
  };
}

async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/** The child's side: answers what it is asked until the parent ends it. */
export function answerParent<Api extends AnyApi>(handlers: Api): void {
  process.on('message', ({ id, verb, argument }: Question) => {
    const handler: AnyApi[string] | undefined = handlers[verb];
    if (!handler) throw new Error(`nobody answers ${verb}`);
    const send = (answer: Answer) => process.send?.(answer);
    handler(argument as never).then(
      (value) => send({ id, value }),
      (error: unknown) =>
        send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}

/** Wall clock in ms with fractions, comparable between processes of one machine. */
export function wallMs(): number {
  return performance.timeOrigin + systemClock.monotonic();
}
