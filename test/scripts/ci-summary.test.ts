import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TemporaryProject, temporaryProject } from './temporary-project.js';

let project: TemporaryProject;

beforeEach(async () => {
  project = await temporaryProject(['ci-summary.mjs']);
});
afterEach(() => project.remove());

const summarise = (...parts: string[]) => project.run('node', 'scripts/ci-summary.mjs', ...parts);

function report(...statuses: string[]): string {
  const assertionResults = statuses.map((status, index) => ({ status, fullName: `test ${index}` }));
  return JSON.stringify({ testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults }] });
}

test('parts and tests that all passed are counted together', async () => {
  await project.write('r.json', report('passed', 'passed'));
  expect(await summarise('check=0', 'test=0:r.json')).toEqual({ code: 0, output: '3 passed, 0 failed\n' });
});

test('a failed test is named and counted once', async () => {
  await project.write('r.json', report('passed', 'failed'));
  const { code, output } = await summarise('test=1:r.json');
  expect(code).toBe(1);
  expect(output).toBe('failed: test 1\n1 passed, 1 failed\n');
});

test('a test that passed only when it was tried again is named with what it failed with', async () => {
  const assertionResults = [
    { status: 'passed', fullName: 'test 0', failureMessages: [] },
    { status: 'passed', fullName: 'test 1', failureMessages: ['Error: too late\n    at a.test.ts:1:1'] },
  ];
  const testResults = [{ name: 'a.test.ts', status: 'passed', assertionResults }];
  await project.write('r.json', JSON.stringify({ testResults }));
  expect(await summarise('test=0:r.json')).toEqual({
    code: 0,
    output: 'passed when tried again: test 1: Error: too late\n2 passed, 0 failed\n',
  });
});

test.each(['pending', 'skipped', 'todo'])(
  'a test that is %s did not run, and fails the whole',
  async (status) => {
    await project.write('r.json', report('passed', status));
    const { code, output } = await summarise('test=0:r.json');
    expect(code).toBe(1);
    expect(output).toBe('not run: test 1\n1 passed, 1 failed\n');
  },
);

test('a test that found a program missing did not run, and fails the whole with what it lacks', async () => {
  const failureMessages = ['Error: not run: nginx is not installed\n    at a.test.ts:1:1'];
  const assertionResults = [{ status: 'failed', fullName: 'test 0', failureMessages }];
  const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults }];
  await project.write('r.json', JSON.stringify({ testResults }));
  expect(await summarise('foreign=1:r.json')).toEqual({
    code: 1,
    output: 'not run: test 0: nginx is not installed\n0 passed, 1 failed\n',
  });
});

test('a part without a report, one without tests, and nothing at all are failures', async () => {
  await project.write('none.json', report());
  expect(await summarise('test=124:gone.json')).toEqual({
    code: 1,
    output: 'not run: test (it left no report)\n0 passed, 1 failed\n',
  });
  expect((await summarise('test=0:none.json')).output).toContain('not run: test (it has no tests)');
  expect(await summarise()).toEqual({ code: 1, output: 'not run: anything\n0 passed, 1 failed\n' });
});

test('a part that fails although its tests passed is a failure', async () => {
  await project.write('r.json', report('passed'));
  expect(await summarise('test=1:r.json')).toEqual({
    code: 1,
    output: 'failed: test (exit code 1)\n1 passed, 1 failed\n',
  });
});

test('a file of tests that could not be loaded is a failure', async () => {
  const broken = { name: 'b.test.ts', status: 'failed', message: 'cannot load', assertionResults: [] };
  await project.write('r.json', JSON.stringify({ testResults: [broken] }));
  const { code, output } = await summarise('test=1:r.json');
  expect(code).toBe(1);
  expect(output).toContain('failed: b.test.ts: cannot load');
});
