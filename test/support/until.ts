/**
 * Asks until the answer satisfies, and returns it. Each question goes through the public door, so there is
 * nothing to sleep for: the question itself lets the server work. Fails with the last answer after `tries`.
 */
export async function until<T>(
  ask: () => Promise<T>,
  satisfies: (answer: T) => boolean,
  tries = 100_000,
): Promise<T> {
  let answer = await ask();
  for (let i = 0; i < tries && !satisfies(answer); i++) {
    await new Promise((resolve) => setImmediate(resolve));
    answer = await ask();
  }
  if (!satisfies(answer)) throw new Error(`never came to be; the last answer was ${JSON.stringify(answer)}`);
  return answer;
}
