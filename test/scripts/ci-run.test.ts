import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the time limits of all parts of CI stay together under 85 minutes', () => {
  const parts = readFileSync('.ci/run', 'utf8').matchAll(/^(?:part|tests) (\S+) (\d+) /gm);
  const minutes: Record<string, number> = Object.fromEntries(
    [...parts].map(([, name, limit]) => [name, Number(limit)]),
  );
  expect(Object.keys(minutes)).toEqual(
    expect.arrayContaining(['install', 'check', 'test', 'faults', 'foreign']),
  );
  expect(Object.values(minutes).reduce((sum, limit) => sum + limit, 0)).toBeLessThan(85);
});
