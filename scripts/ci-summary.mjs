/**
 * `node scripts/ci-summary.mjs <part>=<exit code>[:<vitest JSON report>] …`
 * Says what failed and what did not run, ends with `N passed, N failed`, and exits with 1 unless every part
 * ran, every test in it ran, and nothing failed. A part without a report counts as one check. Tests that failed
 * before they passed are named: each is a fault of the test or of what it tests.
 */
import { existsSync, readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;

for (const argument of process.argv.slice(2)) {
  const [, name, code, report] = /^([^=]+)=(\d+)(?::(.+))?$/.exec(argument) ?? [];
  if (name === undefined) throw new Error(`not a part: ${argument}`);
  const failedBefore = failed;
  if (report !== undefined) countTests(name, report);
  else if (code === '0') passed += 1;
  // A part can fail although each of its tests passed (an error outside of them, a time limit).
  if (code !== '0' && failed === failedBefore) fail(`failed: ${name} (exit code ${code})`);
}

if (passed + failed === 0) fail('not run: anything');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function countTests(name, report) {
  if (!existsSync(report)) return fail(`not run: ${name} (it left no report)`);
  const files = JSON.parse(readFileSync(report, 'utf8')).testResults;
  let tests = 0;
  for (const file of files) {
    if (file.status !== 'passed' && file.assertionResults.length === 0)
      fail(`failed: ${file.name}: ${file.message}`);
    for (const test of file.assertionResults) {
      tests += 1;
      if (test.status === 'passed') {
        passed += 1;
        const [first] = test.failureMessages ?? [];
        if (first !== undefined)
          console.log(`passed when tried again: ${test.fullName}: ${first.split('\n')[0]}`);
      } else fail(whatBecameOf(test));
    }
  }
  if (tests === 0) fail(`not run: ${name} (it has no tests)`);
}

/** A test that lacks something of the machine says so in its error, since nothing is skipped. */
function whatBecameOf({ status, fullName, failureMessages = [] }) {
  if (status !== 'failed') return `not run: ${fullName}`;
  const [, lacks] = /^(?:Error: )?not run: (.*)/.exec(failureMessages[0] ?? '') ?? [];
  return lacks === undefined ? `failed: ${fullName}` : `not run: ${fullName}: ${lacks}`;
}

function fail(line) {
  failed += 1;
  console.log(line);
}
