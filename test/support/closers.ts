/**
 * What a test opened, and how it is closed. Kept apart from the hooks (`closing.ts`), since a worker loads this
 * module once and runs the hooks for each of its test files.
 */
type Close = () => Promise<void>;

const ofTest: Close[] = [];
const ofFile: Close[] = [];

/** Runs after the test; what was asked for last goes first. */
export function afterwards(close: Close): void {
  ofTest.push(close);
}

/** Runs after the last test of the file. */
export function afterFile(close: Close): void {
  ofFile.push(close);
}

export function closeTest(): Promise<void> {
  return closeAll(ofTest);
}

export function closeFile(): Promise<void> {
  return closeAll(ofFile);
}

async function closeAll(closers: Close[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}
