import { describe, expect, test } from 'vitest';
import { flagOf, readConfig, SETTINGS, type SettingKey } from './config.js';
import type { Setting } from './settings.js';

const read = (env: Record<string, string>, flags: Partial<Record<SettingKey, string>> = {}) =>
  readConfig(env, flags, '/srv/door');

describe('settings', () => {
  test('a server without any setting listens on loopback and keeps its data beside itself', () => {
    const config = read({});

    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8480,
      dataDir: '/srv/door/data',
      databaseUrl: 'sqlite:/srv/door/data/latchhook.db',
      egress: 'lan',
      egressAllow: [],
      retryBaseMs: 5000,
      retryFactor: 3,
      retentionDays: 182,
      adminPassword: null,
      logAttempts: 'changes',
    });
    expect(config.userAgent).toMatch(/^Latchhook\/\d+\.\d+\.\d+/);
  });

  test('a flag wins over the environment, and an empty value is no value', () => {
    expect(read({ LATCHHOOK_PORT: '9000' }, { port: '9001' }).port).toBe(9001);
    expect(read({ LATCHHOOK_PORT: '' }).port).toBe(8480);
  });

  test('relative paths are relative to the folder the server was started in', () => {
    const config = read({
      LATCHHOOK_DATA_DIR: 'x',
      LATCHHOOK_TLS_CERT: 'c.pem',
      LATCHHOOK_TLS_KEY: '/k.pem',
    });

    expect(config).toMatchObject({ dataDir: '/srv/door/x', tlsCert: '/srv/door/c.pem', tlsKey: '/k.pem' });
    expect(read({ LATCHHOOK_DATABASE_URL: 'sqlite:a.db' }).databaseUrl).toBe('sqlite:/srv/door/a.db');
  });

  test.each([
    ['LATCHHOOK_PORT', '8480\r', 'LATCHHOOK_PORT (--port) ends in a carriage return'],
    ['LATCHHOOK_DATA_DIR', './data\r', 'LATCHHOOK_DATA_DIR (--data-dir) ends in a carriage return'],
    ['LATCHHOOK_ADMIN_PASSWORD', 'open-sesame\r', 'LATCHHOOK_ADMIN_PASSWORD (--admin-password) ends in'],
    ['LATCHHOOK_PORT', '"8480"', 'LATCHHOOK_PORT (--port) has quotes around its value'],
    ['LATCHHOOK_DATA_DIR', "'./data'", 'LATCHHOOK_DATA_DIR (--data-dir) has quotes around its value'],
    ['LATCHHOOK_SECRET_KEY', `"${'ab'.repeat(32)}"`, 'LATCHHOOK_SECRET_KEY (--secret-key) has quotes'],
  ])('%s as a file of settings may leave it (%j) is refused with what to mend', (name, value, line) => {
    expect(() => read({ [name]: value })).toThrow(line);
  });

  test('of the variables of PostgreSQL too, where they are used', () => {
    const database = { LATCHHOOK_DATABASE_URL: 'postgres://', PGHOST: 'db' };
    expect(() => read({ ...database, PGPASSWORD: 'secret\r' })).toThrow(
      'PGPASSWORD ends in a carriage return',
    );
    expect(() => read({ ...database, PGUSER: '"door"' })).toThrow('PGUSER has quotes');
    expect(read({ PGHOST: 'db', PGUSER: 'x\r' }).databaseUrl).toMatch(/^sqlite:/);
    expect(read({ ...database, PGPASSWORD: '"p@ss"' }).databaseUrl).toBe('postgres://:%22p%40ss%22@db');
    expect(() => read({ LATCHHOOK_DATABASE_URL: 'postgres://' })).toThrow(
      'names no host, and PGHOST is not set',
    );
  });

  test('a key may end in a carriage return, and a secret be in quotes, as ever', () => {
    expect(read({ LATCHHOOK_SECRET_KEY: `${'ab'.repeat(32)}\r` }).secretKey).toContain('ab');
    expect(read({ LATCHHOOK_OPERATOR_SECRET: "'sixteen characters'" }).operatorSecret).toContain("'");
  });

  test('lists of ranges are read with spaces and empty entries', () => {
    expect(read({ LATCHHOOK_EGRESS_ALLOW: ' 127.0.0.0/8, ,::1/128,10.0.0.1' }).egressAllow).toEqual([
      '127.0.0.0/8',
      '::1/128',
      '10.0.0.1',
    ]);
  });

  test.each([
    ['LATCHHOOK_PORT', '65536', "LATCHHOOK_PORT (--port) must be an integer from 0 to 65535, not '65536'"],
    ['LATCHHOOK_PORT', '80x', "LATCHHOOK_PORT (--port) must be an integer from 0 to 65535, not '80x'"],
    ['LATCHHOOK_EGRESS', 'wan', "LATCHHOOK_EGRESS (--egress) must be one of lan, public, not 'wan'"],
    ['LATCHHOOK_RETRY_FACTOR', '0.5', 'must be a number from 1 to 100'],
    [
      'LATCHHOOK_EGRESS_ALLOW',
      '127.0.0.0/33',
      'LATCHHOOK_EGRESS_ALLOW (--egress-allow) must be IP addresses',
    ],
    ['LATCHHOOK_TRUST_PROXY', 'proxy.local', 'LATCHHOOK_TRUST_PROXY (--trust-proxy) must be IP addresses'],
    ['LATCHHOOK_USER_AGENT', 'a\r\nb', 'LATCHHOOK_USER_AGENT (--user-agent) must be 1 to 200'],
    ['LATCHHOOK_DATABASE_URL', 'mysql://x', 'must be sqlite:<path> or postgres://…'],
    [
      'LATCHHOOK_OPERATOR_SECRET',
      'too short',
      'LATCHHOOK_OPERATOR_SECRET (--operator-secret) must be text of 16 to 128 characters',
    ],
    [
      'LATCHHOOK_OPERATOR_SECRET',
      'operators secret ',
      'must be without white space at its beginning and end',
    ],
    [
      'LATCHHOOK_OPERATOR_SECRET',
      'whsec_operators secret',
      'must be base64 of 16 to 96 bytes behind whsec_, or not start with whsec_',
    ],
    ['LATCHHOOK_LOG_LEVEL', 'loud', 'must be one of trace, debug'],
    ['LATCHHOOK_TLS_CERT', 'c.pem', 'LATCHHOOK_TLS_CERT and LATCHHOOK_TLS_KEY must be set together'],
  ])('a wrong %s is refused by name and rule', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(message);
  });

  test('a wrong secret is not repeated in the error', () => {
    const thrown = () => read({ LATCHHOOK_METRICS_TOKEN: 'hush hush' });

    expect(thrown).toThrow('LATCHHOOK_METRICS_TOKEN');
    expect(thrown).not.toThrow('hush');
  });

  test('the page on settings says what the table says (vitest -u writes it anew)', async () => {
    await expect(settingsPage()).toMatchFileSnapshot('../docs/settings.md');
  });
});

function settingsPage(): string {
  const rows = Object.values(SETTINGS).map((setting: Setting<unknown>) => {
    const fallback = setting.shown ?? (setting.default ? `\`${setting.default}\`` : '—');
    return `| \`${setting.name}\` | ${fallback} | ${setting.unit || '—'} | ${setting.meaning} |`;
  });
  const secrets = Object.values(SETTINGS).filter((setting: Setting<unknown>) => setting.secret);
  return `# Settings

Each is an environment variable, and a flag of \`latchhook serve\`: \`LATCHHOOK_DATA_DIR\` is
\`--${flagOf(SETTINGS.dataDir)}\`. A flag wins over the environment; an empty value is no value. Every user of a
machine can read the flags of its processes, so secrets (${secrets.map(({ name }) => `\`${name}\``).join(', ')})
are better set in the environment. Relative paths are relative to the folder the server was started in.

This page is made from \`src/config.ts\`; a test compares them.

| name | default | unit | meaning |
|---|---|---|---|
${rows.join('\n')}
`;
}
