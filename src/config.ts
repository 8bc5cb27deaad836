/**
 * Every setting of Latchhook, once: its name, default, unit and meaning. `docs/settings.md` is made from
 * this table (a test compares). Nothing else reads `process.env`.
 */
import { join } from 'node:path';
import { completedPostgresUrl, readPostgresUrl, writePostgresUrl } from './domain/postgres-url.js';
import {
  addressRanges,
  basePath,
  databaseUrl,
  decimal,
  httpUrl,
  integer,
  isQuoted,
  oneOf,
  path,
  RuleBroken,
  type Setting,
  SettingError,
  signingSecret,
  text,
} from './settings.js';
import { latchhookVersion } from './version.js';

const secret = text('text of 1 to 1000 characters', /^.{1,1000}$/su);

export const SETTINGS = {
  host: {
    name: 'LATCHHOOK_HOST',
    parse: text('an address or a host name', /^[\w.:%-]{1,255}$/),
    default: '127.0.0.1',
    unit: 'address',
    meaning: 'Where it listens. Beyond loopback without TLS it warns once.',
  },
  port: {
    name: 'LATCHHOOK_PORT',
    parse: integer(0, 65_535),
    default: '8480',
    unit: 'port',
    meaning: 'The port it listens on; `0` takes any free one.',
  },
  tlsCert: {
    name: 'LATCHHOOK_TLS_CERT',
    parse: path,
    default: null,
    unit: 'file',
    meaning: 'PEM certificate chain; with `LATCHHOOK_TLS_KEY` it serves HTTPS. Read again on SIGHUP.',
  },
  tlsKey: {
    name: 'LATCHHOOK_TLS_KEY',
    parse: path,
    default: null,
    unit: 'file',
    meaning: 'PEM private key of the certificate. Read again on SIGHUP.',
  },
  publicUrl: {
    name: 'LATCHHOOK_PUBLIC_URL',
    parse: httpUrl,
    default: null,
    unit: 'URL',
    meaning:
      'Where browsers find it, when a proxy in front sends neither that `Host` nor, named in `LATCHHOOK_TRUST_PROXY`, that `X-Forwarded-Host`: log-ins of pages from elsewhere are refused.',
  },
  basePath: {
    name: 'LATCHHOOK_BASE_PATH',
    parse: basePath,
    default: '',
    unit: 'path',
    meaning:
      'The path under which a proxy shows it, e.g. `/latchhook` (docs/proxies.md). It answers there and at its root, so that the proxy may take the path off or leave it. For one request a proxy named in `LATCHHOOK_TRUST_PROXY` says it by `X-Forwarded-Prefix`.',
  },
  trustProxy: {
    name: 'LATCHHOOK_TRUST_PROXY',
    parse: addressRanges,
    default: '',
    unit: 'CIDRs',
    meaning: 'Proxies whose `X-Forwarded-For` and `X-Forwarded-Prefix` count, with commas between them.',
  },
  dataDir: {
    name: 'LATCHHOOK_DATA_DIR',
    parse: path,
    default: './data',
    unit: 'folder',
    meaning: 'The database and the generated keys (mode 0600).',
  },
  databaseUrl: {
    name: 'LATCHHOOK_DATABASE_URL',
    parse: databaseUrl,
    default: null,
    shown: '`sqlite:<data dir>/latchhook.db`',
    unit: 'URL',
    meaning:
      'The store: `sqlite:<path>`, or `postgres://user:password@host:5432/name` for many nodes (docs/many-nodes.md); ' +
      'several hosts with commas between them, of which the primary is used. What the URL leaves out is taken from `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE` and `PGSSLMODE`; `postgres://` alone leaves out all.',
    secret: true,
  },
  adminPassword: {
    name: 'LATCHHOOK_ADMIN_PASSWORD',
    parse: secret,
    default: null,
    unit: 'text',
    meaning:
      'Password of the first administrator `admin`, 8 to 128 characters, used at the first start only. When absent, one is ' +
      'generated and printed to a terminal, else written to `initial-password` (0600) in the data folder.',
    secret: true,
  },
  egress: {
    name: 'LATCHHOOK_EGRESS',
    parse: oneOf('lan', 'public'),
    default: 'lan',
    unit: '',
    meaning:
      'Where deliveries may go. `lan`: any address but loopback, link-local and metadata, unspecified, ' +
      'multicast, reserved; `public`: private ranges are refused too.',
  },
  egressAllow: {
    name: 'LATCHHOOK_EGRESS_ALLOW',
    parse: addressRanges,
    default: '',
    unit: 'CIDRs',
    meaning: 'Ranges allowed besides, with commas between them, e.g. `127.0.0.0/8,::1/128` for tests.',
  },
  retryBaseMs: {
    name: 'LATCHHOOK_RETRY_BASE_MS',
    parse: integer(1, 86_400_000),
    default: '5000',
    unit: 'ms',
    meaning: 'Delay before the first retry of a delivery (±20 %).',
  },
  retryFactor: {
    name: 'LATCHHOOK_RETRY_FACTOR',
    parse: decimal(1, 100),
    default: '3',
    unit: '',
    meaning: 'Each further retry waits this many times longer.',
  },
  disableAfterHours: {
    name: 'LATCHHOOK_DISABLE_AFTER_HOURS',
    parse: integer(1, 87_600),
    default: '120',
    unit: 'hours',
    meaning: 'A webhook that fails for this long is disabled, with the reason `failing-too-long`.',
  },
  heldHours: {
    name: 'LATCHHOOK_HELD_HOURS',
    parse: integer(1, 87_600),
    default: '24',
    unit: 'hours',
    meaning:
      'What a disabled webhook holds ends as `expired` at this age, counted from its acceptance or its last resend, whether the webhook is enabled later or not.',
  },
  operatorUrl: {
    name: 'LATCHHOOK_OPERATOR_URL',
    parse: httpUrl,
    default: null,
    unit: 'URL',
    meaning:
      'Told by POST when the health of a webhook changes; never of its own. Addresses are judged as for deliveries.',
    secret: true,
  },
  operatorSecret: {
    name: 'LATCHHOOK_OPERATOR_SECRET',
    parse: signingSecret,
    default: null,
    unit: 'text',
    meaning: 'Signs what the operator is told, as the secret of a webhook signs deliveries.',
    secret: true,
  },
  secretKey: {
    name: 'LATCHHOOK_SECRET_KEY',
    parse: secret,
    default: null,
    shown: 'generated in the data folder',
    unit: '32 bytes, base64 or hex',
    meaning: 'Encrypts webhook secrets and header values in the store.',
    secret: true,
  },
  secretKeyOld: {
    name: 'LATCHHOOK_SECRET_KEY_OLD',
    parse: secret,
    default: null,
    unit: '32 bytes, base64 or hex',
    meaning: 'The former key; only decrypts.',
    secret: true,
  },
  retentionDays: {
    name: 'LATCHHOOK_RETENTION_DAYS',
    parse: integer(0, 36_500),
    default: '182',
    unit: 'days',
    meaning:
      'Events and their deliveries are kept this long after the last of them ended, then cut for ever, once a day; what is owed stays. `0`: for ever.',
  },
  minFreeMb: {
    name: 'LATCHHOOK_MIN_FREE_MB',
    parse: integer(0, 1_000_000_000),
    default: '200',
    unit: 'MB',
    meaning:
      'With less free on the disk of the embedded store no events are taken in (503), until a tenth more is free; deliveries go on. `0`: until it is full.',
  },
  maxBacklog: {
    name: 'LATCHHOOK_MAX_BACKLOG',
    parse: integer(1, 1_000_000_000),
    default: '10000000',
    unit: 'deliveries',
    meaning:
      'With so many open deliveries no events are taken in (503), until a tenth of them has ended; deliveries go on.',
  },
  metricsToken: {
    name: 'LATCHHOOK_METRICS_TOKEN',
    parse: text('1 to 1000 visible ASCII characters', /^[\x21-\x7e]{1,1000}$/),
    default: null,
    unit: 'text',
    meaning: 'When set, `/metrics` asks for it as a Bearer token.',
    secret: true,
  },
  metricsWebhooks: {
    name: 'LATCHHOOK_METRICS_WEBHOOKS',
    parse: integer(0, 100_000),
    default: '100',
    unit: 'webhooks',
    meaning: 'So many webhooks have metrics of their own; those of all others are under `other`.',
  },
  userAgent: {
    name: 'LATCHHOOK_USER_AGENT',
    parse: text('1 to 200 printable ASCII characters', /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/),
    default: null,
    shown: '`Latchhook/<version>`',
    unit: 'text',
    meaning: '`User-Agent` of deliveries.',
  },
  logLevel: {
    name: 'LATCHHOOK_LOG_LEVEL',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    default: 'info',
    unit: '',
    meaning:
      'The least log line that is written: `trace`, `debug`, `info`, `warn`, `error`, `fatal`, `silent`.',
  },
  logAttempts: {
    name: 'LATCHHOOK_LOG_ATTEMPTS',
    parse: oneOf('changes', 'all'),
    default: 'changes',
    unit: '',
    meaning: 'Attempt lines in the log. `changes`: failures and changes of health; `all`: each attempt.',
  },
} as const satisfies Record<string, Setting<unknown>>;

type Table = typeof SETTINGS;
export type SettingKey = keyof Table;
type Value<K extends SettingKey> =
  | ReturnType<Table[K]['parse']>
  | (Table[K]['default'] extends null ? null : never);

/** Plain data. Paths are absolute. */
export type Config = { readonly [K in Exclude<SettingKey, 'databaseUrl' | 'userAgent'>]: Value<K> } & {
  readonly databaseUrl: string;
  readonly userAgent: string;
  /** Of the pool that names, passwords and files share; no setting of ours, see `src/cli/latchhook.cts`. */
  readonly poolThreads: number;
};

/** `LATCHHOOK_DATA_DIR` → `data-dir` */
export function flagOf(setting: Setting<unknown>): string {
  return setting.name.slice('LATCHHOOK_'.length).toLowerCase().replaceAll('_', '-');
}

/** The settings of this process. @throws SettingError */
export function readOwnConfig(flags: Flags): Config {
  return readConfig(process.env, flags, process.cwd());
}

/** Values of command line flags. */
export type Flags = Readonly<Partial<Record<SettingKey, string>>>;

/**
 * @param flags by setting key; they win over the environment
 * @param cwd relative paths are relative to it
 * @throws SettingError naming the setting and its rule
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  flags: Flags,
  cwd: string,
): Config {
  const read = <K extends SettingKey>(key: K): Value<K> => {
    const setting: Setting<unknown> = SETTINGS[key];
    const given = flags[key] || env[setting.name] || null;
    const value = given ?? setting.default;
    // Of the keys white space at the ends never counted.
    const exact = key === 'secretKey' || key === 'secretKeyOld' ? given?.trim() : given;
    if (exact) refuseFileSyntax(`${setting.name} (--${flagOf(setting)})`, exact, FREE_TEXTS.has(key));
    if (value === null) return null as Value<K>;
    try {
      return setting.parse(value, cwd) as Value<K>;
    } catch (cause) {
      if (!(cause instanceof RuleBroken)) throw cause;
      const seen = setting.secret ? '' : `, not '${printable(value)}'`;
      throw new SettingError(`${setting.name} (--${flagOf(setting)}) must be ${cause.message}${seen}`);
    }
  };
  const values = Object.fromEntries(
    (Object.keys(SETTINGS) as SettingKey[]).map((key) => [key, read(key)]),
  ) as { readonly [K in SettingKey]: Value<K> };
  if ((values.tlsCert === null) !== (values.tlsKey === null)) {
    throw new SettingError('LATCHHOOK_TLS_CERT and LATCHHOOK_TLS_KEY must be set together');
  }
  return {
    ...values,
    databaseUrl: completed(values.databaseUrl ?? `sqlite:${join(values.dataDir, 'latchhook.db')}`, env),
    userAgent: values.userAgent ?? `Latchhook/${latchhookVersion()}`,
    poolThreads: poolThreads(env['UV_THREADPOOL_SIZE']),
  };
}

/** @throws SettingError where a database on PostgreSQL is nowhere said to be */
function completed(databaseUrl: string, env: Readonly<Record<string, string | undefined>>): string {
  const url = readPostgresUrl(databaseUrl);
  if (url === null) return databaseUrl;
  for (const name of ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE', 'PGSSLMODE']) {
    refuseFileSyntax(name, env[name] ?? '', name === 'PGPASSWORD');
  }
  const whole = completedPostgresUrl(url, env);
  if (whole === null) throw new SettingError('PGPORT must be a port from 1 to 65535, or several with commas');
  if (whole.hosts.length === 0) {
    throw new SettingError('LATCHHOOK_DATABASE_URL (--database-url) names no host, and PGHOST is not set');
  }
  return writePostgresUrl(whole);
}

/** Quotes around these may be meant; `LATCHHOOK_ADMIN_PASSWORD` is looked at again when it is used. */
const FREE_TEXTS: ReadonlySet<SettingKey> = new Set(['adminPassword', 'operatorSecret', 'metricsToken']);

/**
 * What reads a file of settings differs in what it leaves in the values: docker's `--env-file` keeps quotes, and most
 * keep the carriage returns of Windows. @throws SettingError
 */
function refuseFileSyntax(name: string, value: string, mayBeQuoted: boolean): void {
  if (value.endsWith('\r')) {
    throw new SettingError(
      `${name} ends in a carriage return: the file it comes from has the line ends of Windows; save it with those of Unix`,
    );
  }
  if (!mayBeQuoted && isQuoted(value)) {
    throw new SettingError(
      `${name} has quotes around its value, which would count as part of it: take them away`,
    );
  }
}

function printable(value: string): string {
  return value.replaceAll(/[\x00-\x1f\x7f]/g, (control) => JSON.stringify(control).slice(1, -1));
}

/** As libuv reads it: four without it, and what is no number counts as none, which becomes one. */
function poolThreads(given: string | undefined): number {
  if (given === undefined) return 4;
  return Math.min(1024, Math.max(1, Number.parseInt(given, 10) || 0));
}
