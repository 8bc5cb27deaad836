/**
 * Steps that ask a store for rows and go on with its answers, written once for every dialect. SQLite answers at
 * once, so that all of it stays within one turn of the event loop and one transaction; PostgreSQL is waited for.
 */
export type Answer<T> = T | Promise<T>;
export type Asking<T> = Generator<unknown, T, unknown>;

/** Within such steps: `const rows = yield* ask(…)`. */
export function* ask<T>(answer: Answer<T>): Asking<T> {
  return (yield answer) as T;
}

/** For a dialect that answers at once. */
export function atOnce<T>(asking: Asking<T>): T {
  const step = goOn(asking, undefined, () => false);
  if (!step.done) throw new Error('stopped without being asked to');
  return step.value;
}

/**
 * Goes on with the last answer until all is done, or there has been enough; then the answer to go on with is the
 * step's value. For a dialect that answers at once.
 */
export function goOn<T>(
  asking: Asking<T>,
  answer: unknown,
  enough: () => boolean,
): IteratorResult<unknown, T> {
  let step = asking.next(answer);
  while (!step.done) {
    if (step.value instanceof Promise) throw new Error('a dialect that answers at once made one wait');
    if (enough()) break;
    step = asking.next(step.value);
  }
  return step;
}

/** For a dialect that is waited for. */
export async function inTime<T>(asking: Asking<T>): Promise<T> {
  let step = asking.next();
  while (!step.done) step = asking.next(await step.value);
  return step.value;
}
