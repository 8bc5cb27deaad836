import { expect, test } from 'vitest';
import { isExposed } from './exposed-files.js';

test.each([
  [0o600, 7, false],
  [0o640, 7, true],
  [0o604, 7, true],
  // Somebody else's, which we read as a member of its group
  [0o640, 0, false],
  [0o644, 0, true],
])('a secret file of mode %o and owner %i, seen by user 7, is exposed: %s', (mode, uid, exposed) => {
  expect(isExposed({ mode, uid }, 7)).toBe(exposed);
});
