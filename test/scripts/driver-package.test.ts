import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the packed driver for Node 20 is what its folder holds', () => {
  for (const name of ['package.json', 'index.cjs']) {
    const packed = execFileSync('tar', ['-xzOf', 'drivers/better-sqlite3-12.tgz', `package/${name}`]);
    expect(packed.toString()).toBe(readFileSync(`drivers/better-sqlite3-12/${name}`, 'utf8'));
  }
});
