import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completedPostgresUrl, type PostgresUrl, readPostgresUrl, writePostgresUrl } from './postgres-url.js';

const read = (url: string, env = {}): PostgresUrl | null => {
  const parts = readPostgresUrl(url);
  return parts && completedPostgresUrl(parts, env);
};

test('a URL has all that PostgreSQL is reached by', () => {
  expect(
    readPostgresUrl('postgres://door:p%40ss%2Fw@db1:5432,db2,[fd00::1]:5433/house?sslmode=require'),
  ).toEqual({
    user: 'door',
    password: 'p@ss/w',
    hosts: [
      { host: 'db1', port: 5432 },
      { host: 'db2', port: null },
      { host: 'fd00::1', port: 5433 },
    ],
    database: 'house',
    parameters: { sslmode: 'require' },
  });
});

test.each(['p@ss', 'pa/ss', 'pa?ss', 'pa#ss', '50%', '@', '/', '?', '#'])(
  'the password %s as it is makes no URL, which would lead to another host',
  (password) => {
    expect(readPostgresUrl(`postgres://door:${password}@db:5432/house`)).toBeNull();
    expect(readPostgresUrl(`postgres://door:${password}@db`)).toBeNull();
  },
);

test.each([
  'mysql://db/x',
  'postgres://db:0/x',
  'postgres://db:99999/x',
  'postgres://db:x/x',
  'postgres://a,,b/x',
])('%s is none', (url) => {
  expect(readPostgresUrl(url)).toBeNull();
});

test('what the URL leaves out comes from the variables, and what it says counts', () => {
  const env = {
    PGHOST: 'db1, db2',
    PGPORT: '6432,6433',
    PGUSER: 'door',
    PGPASSWORD: 'p@ss/w?rd#1%',
    PGDATABASE: 'house',
    PGSSLMODE: 'require',
  };
  const all = {
    user: 'door',
    password: 'p@ss/w?rd#1%',
    hosts: [
      { host: 'db1', port: 6432 },
      { host: 'db2', port: 6433 },
    ],
    database: 'house',
    parameters: { sslmode: 'require' },
  };
  for (const url of ['postgres:', 'postgres://', 'postgresql://']) expect(read(url, env)).toEqual(all);
  expect(read('postgres://other:word@db3:1/name?sslmode=disable', env)).toEqual({
    user: 'other',
    password: 'word',
    hosts: [{ host: 'db3', port: 1 }],
    database: 'name',
    parameters: { sslmode: 'disable' },
  });
  expect(read('postgres://db3', { PGPORT: '7' })?.hosts).toEqual([{ host: 'db3', port: 7 }]);
  expect(read('postgres://', { PGHOST: '/run/postgresql' })?.hosts).toEqual([
    { host: '/run/postgresql', port: null },
  ]);
  expect(read('postgres://', { PGHOST: 'fd00::1' })?.hosts).toEqual([{ host: 'fd00::1', port: null }]);
  expect(read('postgres://db', { PGPORT: 'x' })).toBeNull();
});

test('what is written is read again as it was', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const host = fc.constantFrom('db1', 'fd00::1', '/run/postgresql', 'bücher.example');
  const port = fc.option(fc.integer({ min: 1, max: 65_535 }));
  fc.assert(
    fc.property(
      fc.record({
        user: text,
        password: fc.option(text),
        hosts: fc.array(fc.record({ host, port }), { minLength: 1, maxLength: 3 }),
        database: fc.option(text),
        parameters: fc.dictionary(fc.constantFrom('sslmode', 'search_path', 'options'), text),
      }),
      (url) => {
        expect(readPostgresUrl(writePostgresUrl(url))).toEqual(url);
      },
    ),
  );
});
