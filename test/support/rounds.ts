/**
 * How many rounds a fault test runs: `full` in `npm run test:faults`, `few` in `npm test`, which everybody
 * runs all the time. A test that asks here is a fault test, and `test:faults` finds it by that.
 */
export function rounds(full: number, few: number): number {
  return process.env['FAULT_ROUNDS'] === 'full' ? full : few;
}
