/** Work in steps that each take a bounded time, so that its runner can let others in between. */
export type Steps<T> = Generator<undefined, T>;

/** Runs all of it now. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
