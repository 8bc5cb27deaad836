/** The files under `deploy`, as far as they can be held without a container engine. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DEPLOY = join(ROOT, 'deploy');
const read = (name: string): string => readFileSync(join(DEPLOY, name), 'utf8');
const lines = (name: string): string[] =>
  read(name)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));

/** A pattern of a .dockerignore: from the root, `**` is any number of folders, and a folder has all that is in it. */
function ignorePattern(pattern: string): RegExp {
  const parts = pattern.split('/').map((part) =>
    part === '**'
      ? '(?:[^/]+/)*'
      : `${part
          .replace(/[.+^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '[^/]*')
          .replaceAll('?', '[^/]')}/`,
  );
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}(?:/|$)`);
}

describe('what a build of the image sees', () => {
  const patterns = lines('Dockerfile.dockerignore');
  const excluded = (path: string): boolean => patterns.some((pattern) => ignorePattern(pattern).test(path));

  test.each([
    '.git/config',
    '.env',
    'deploy/.env',
    'deploy/.env.production',
    'deploy/production.env',
    'console/.env.local',
    'data/latchhook.db',
    'data/secret.key',
    'backup/secret.key',
    'backup/latchhook.db-wal',
    'secret.key',
    'tls/server.pem',
    'initial-password',
    'node_modules/x/index.js',
    'sdk/node_modules/x/index.js',
    'dist/src/cli/main.js',
  ])('is not %s', (path) => {
    expect(excluded(path)).toBe(true);
  });

  test('is all that is in the repository, but for how it is deployed and checked', () => {
    expect(patterns.filter((pattern) => pattern.startsWith('!'))).toEqual([]);
    const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
    const missing = tracked.filter((path) => excluded(path));
    expect(missing.filter((path) => !/^(deploy|\.ci)\//.test(path))).toEqual([]);
  });
});

describe('the compose file', () => {
  const compose = lines('compose.yaml');
  const text = compose.join('\n');
  const value = (member: string): string[] =>
    compose.flatMap((line) => new RegExp(`^ *-? *${member}: (.+)$`).exec(line)?.[1] ?? []);

  test('shows no secret in the command line of a process', () => {
    const commands = [
      ...value('command'),
      ...value('entrypoint'),
      ...value('test'),
      ...lines('Dockerfile').filter((line) => /^(CMD|ENTRYPOINT|RUN|ENV|ARG) /.test(line)),
    ];
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands)
      expect(command).not.toMatch(/\$\{?[A-Z_]*(PASSWORD|KEY|SECRET|TOKEN|URL)/);
  });

  test('has no secret of its own, and starts with none left out', () => {
    const secrets = text.match(/\$\{[A-Z_]*(PASSWORD|KEY)[^}]*\}/g) ?? [];
    expect(secrets.length).toBeGreaterThan(3);
    for (const secret of secrets) expect(secret).toMatch(/^\$\{[A-Z_]+:\?\}$/);
    expect(text).not.toMatch(/(PASSWORD|KEY): (?!\$\{)/);
  });

  test('trusts the balancer alone, at an address that no other container can get', () => {
    const [balancer] = value('ipv4_address');
    expect(value('LATCHHOOK_TRUST_PROXY')).toEqual([balancer]);
    expect(value('subnet')).toEqual(['10.213.84.0/24']);
    expect(value('ip_range')).toEqual(['10.213.84.128/25']);
    expect(balancer).toMatch(/^10\.213\.84\.([2-9]|[1-9]\d|1[01]\d|12[0-7])$/);
  });

  test('has each container without rights that it does not need', () => {
    expect(text).toMatch(
      /^x-hardened: &hardened\n {2}read_only: true\n {2}cap_drop: \[ALL\]\n {2}security_opt: \['no-new-privileges:true'\]$/m,
    );
    for (const name of ['x-node: &node', '  database:', '  balancer:']) {
      expect(compose[compose.indexOf(name) + 1]?.trim()).toBe('<<: *hardened');
    }
    for (const name of ['node1', 'node2', 'node3']) expect(compose).toContain(`  ${name}: *node`);
    expect(text).not.toMatch(/privileged: true|cap_add|network_mode|\/var\/run\/docker\.sock/);
    expect(text).toMatch(/^ {4}user: postgres$/m);
    expect(lines('Dockerfile')).toContain('USER node');
  });

  test('gives Latchhook a role of its own, and the superuser a password that Latchhook does not have', () => {
    expect(text).not.toContain('POSTGRES_USER');
    // Not in a URL, which takes no password of any characters.
    expect(value('LATCHHOOK_DATABASE_URL')).toEqual(['postgres://']);
    expect(value('PGHOST')).toEqual(['database']);
    expect(value('PGUSER')).toEqual(['latchhook']);
    expect(value('PGPASSWORD')).toEqual([expect.stringMatching(/^\$\{LATCHHOOK_DATABASE_PASSWORD:\?\}$/)]);
    expect(value('PGDATABASE')).toEqual(['latchhook']);
    expect(text).toContain('- ./postgres-init.sql:/docker-entrypoint-initdb.d/latchhook.sql:ro');
  });
});

describe('the images', () => {
  /** `NODE_IMAGE=node:22.1.0` for each that a file can be told to take another for. */
  const settings = ['compose.yaml', 'Dockerfile'].flatMap((name) =>
    [...read(name).matchAll(/([A-Z_]+_IMAGE)(?::-|=)([\w./:-]+)/g)].map(
      ([, setting, image]) => `${setting}=${image}`,
    ),
  );
  let tools: string;

  beforeEach(() => {
    tools = mkdtempSync(join(tmpdir(), 'latchhook-docker-'));
  });
  afterEach(() => rmSync(tools, { recursive: true, force: true }));

  /** Runs the script with `docker` as the shell script given. */
  function pin(docker: string) {
    writeFileSync(join(tools, 'docker'), `#!/bin/sh\n${docker}\n`);
    chmodSync(join(tools, 'docker'), 0o755);
    const env = { PATH: `${tools}:${process.env['PATH']}` };
    return spawnSync('sh', [join(DEPLOY, 'pin-images.sh')], { env, encoding: 'utf8' });
  }

  test('go by their full version, and each can be given by digest', () => {
    expect(settings.length).toBe(6);
    for (const setting of settings) expect(setting).toMatch(/=[a-z]+:\d+\.\d+(\.\d+)?(-bookworm)?(-slim)?$/);
    expect(read('compose.yaml').match(/image: (?!\$\{[A-Z]+_IMAGE:-|latchhook$).*/gm)).toBeNull();
    expect(read('Dockerfile').match(/^FROM (?!\$\{[A-Z_]+_IMAGE\}).*/gm)).toBeNull();
    const nodes = new Set(settings.flatMap((setting) => /=node:([\d.]+)/.exec(setting)?.[1] ?? []));
    expect(nodes.size).toBe(1);
  });

  test('are pinned by the digests that the registry gives', () => {
    const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
    const { status, stdout } = pin(`[ "$1 $2 $3" = "buildx imagetools inspect" ] && echo ${digest}`);

    expect(status).toBe(0);
    expect(stdout.trim().split('\n').sort()).toEqual(
      [...new Set(settings)].sort().map((line) => `${line}@${digest}`),
    );
  });

  test.each([
    ['cannot be reached', 'exit 1'],
    ['answers with something else', 'echo latest'],
    [
      'fails at the third',
      `n=$(cat "$0.n" 2>/dev/null); echo "$n." > "$0.n"; [ "$n" != .. ] && echo sha256:${'0'.repeat(64)}`,
    ],
  ])('are left alone where the registry %s', (_, docker) => {
    const { status, stdout } = pin(docker);
    expect({ failed: status !== 0, stdout }).toEqual({ failed: true, stdout: '' });
  });
});

test('the balancer says of a client what it sees itself, and holds no message of a stream back', () => {
  const config = lines('haproxy.cfg').map((line) => line.trim());
  expect(config).not.toContain('option forwardfor');
  expect(config).toContain('http-request set-header X-Forwarded-For %[src]');
  for (const header of ['X-Forwarded-Host', 'X-Forwarded-Proto']) {
    expect(config.some((line) => line.startsWith(`http-request set-header ${header} `))).toBe(true);
  }
  for (const header of ['X-Forwarded-Prefix', 'Forwarded']) {
    expect(config).toContain(`http-request del-header ${header}`);
  }
  expect(config).toContain('option http-no-delay');
});
