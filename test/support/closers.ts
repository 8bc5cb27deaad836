/**
 * What a test opened, and how it is closed. Kept apart from the hooks (`closing.ts`), since a worker loads this
 * module once and runs the hooks for each of its test files.
 */
type Close = () => Promise<void>;

const ofTest: Close[] = [];
const ofFile: Close[] = [];
let isHooked = false;

/** Called by the setup file. */
export function hooked(): void {
  isHooked = true;
}

/** Runs after the test; what was asked for last goes first. */
export function afterwards(close: Close): void {
  add(ofTest, close);
}

/** Runs after the last test of the file. */
export function afterFile(close: Close): void {
  add(ofFile, close);
}

export function closeTest(): Promise<void> {
  return closeAll(ofTest);
}

export function closeFile(): Promise<void> {
  return closeAll(ofFile);
}

function add(closers: Close[], close: Close): void {
  // Else servers and programs would stay, and nobody would notice.
  if (!isHooked) throw new Error('test/support/closing.ts is not a setup file of these tests');
  closers.push(close);
}

async function closeAll(closers: Close[]): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close();
}
