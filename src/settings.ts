/** How the text of a setting becomes its value; a `SettingError` says the rule, never the value of a secret. */
import { isAbsolute, resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { readBasePath } from './domain/base-path.js';
import { readPostgresUrl } from './domain/postgres-url.js';
import { hasLength } from './domain/shape.js';
import { secretFault } from './domain/signature.js';
import { parseUrl } from './domain/url.js';
import { WEBHOOK_LIMITS } from './domain/webhook-rules.js';

/** A setting is not as its rule says. The message names the setting, its flag and the rule. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

/** Thrown by parsers: the rule in words; `readConfig` adds the setting's name. */
export class RuleBroken extends Error {}

/** As a file of settings may write a value. */
export function isQuoted(value: string): boolean {
  return /^(["']).*\1$/s.test(value) && value.length > 1;
}

export type Parser<T> = (text: string, cwd: string) => T;

export interface Setting<T> {
  readonly name: `LATCHHOOK_${string}`;
  readonly parse: Parser<T>;
  /** As a person would write it; null: none. */
  readonly default: string | null;
  /** How the default reads in the documentation, where it depends on another setting. */
  readonly shown?: string;
  readonly unit: string;
  readonly meaning: string;
  /** Never shown in an error or a log line. */
  readonly secret?: true;
}

export const text =
  (rule: string, valid: RegExp): Parser<string> =>
  (value) => {
    if (!valid.test(value)) throw new RuleBroken(rule);
    return value;
  };

/** As the secret of a webhook. */
export const signingSecret: Parser<string> = (value) => {
  const { min, max } = WEBHOOK_LIMITS.secret;
  if (!hasLength(value, min, max)) throw new RuleBroken(`text of ${min} to ${max} characters`);
  const fault = secretFault(value);
  if (fault === 'white-space') throw new RuleBroken('without white space at its beginning and end');
  if (fault === 'encoding')
    throw new RuleBroken('base64 of 16 to 96 bytes behind whsec_, or not start with whsec_');
  return value;
};

export const integer =
  (least: number, most: number): Parser<number> =>
  (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) throw new RuleBroken(`an integer from ${least} to ${most}`);
    return number;
  };

export const decimal =
  (least: number, most: number): Parser<number> =>
  (value) => {
    const number = /^\d{1,9}(\.\d{1,9})?$/.test(value) ? Number(value) : Number.NaN;
    if (!(number >= least && number <= most)) throw new RuleBroken(`a number from ${least} to ${most}`);
    return number;
  };

export const oneOf =
  <const V extends string>(...values: V[]): Parser<V> =>
  (value) => {
    const found = values.find((candidate) => candidate === value);
    if (found === undefined) throw new RuleBroken(`one of ${values.join(', ')}`);
    return found;
  };

/** Comma-separated addresses and CIDR ranges; an empty list is fine. */
export const addressRanges: Parser<string[]> = (value) => {
  const ranges = value
    .split(',')
    .map((range) => range.trim())
    .filter((range) => range !== '');
  for (const range of ranges) {
    if (!ipaddr.isValidCIDR(range) && !ipaddr.isValid(range)) {
      throw new RuleBroken('IP addresses or CIDR ranges with commas between them, e.g. 127.0.0.0/8,::1/128');
    }
  }
  return ranges;
};

/** First parts of addresses of the server's own: a path that begins so would hide them. */
const OWN_PARTS = [
  ...['api', 'assets', 'deliveries', 'docs', 'events', 'health', 'log', 'metrics', 'openapi.json'],
  ...['retry-queue', 'settings', 'webhooks'],
];

export const basePath: Parser<string> = (value) => {
  const path = readBasePath(value);
  if (path === null) throw new RuleBroken('a path such as /latchhook, of letters, digits and . _ ~ -');
  const [, part = ''] = path.split('/');
  if (OWN_PARTS.includes(part)) throw new RuleBroken(`a path that does not begin with /${part}, an own one`);
  return path;
};

export const path: Parser<string> = (value, cwd) => resolve(cwd, value);

export const httpUrl: Parser<string> = (value) => {
  const url = /^https?:\/\//i.test(value) ? parseUrl(value) : null;
  if (url === null) throw new RuleBroken('an HTTP URL');
  if (url.username !== '' || url.password !== '')
    throw new RuleBroken('an HTTP URL without user and password');
  return value;
};

/** `sqlite:<path>` (made absolute) or `postgres://…`, `postgresql://…`, which may leave all else to `PGHOST` and so on. */
export const databaseUrl: Parser<string> = (value, cwd) => {
  if (/^postgres(ql)?:/.test(value)) {
    if (readPostgresUrl(value) !== null) return value;
    throw new RuleBroken(
      'postgres://user:password@host:5432/name, in which @ / # ? and % of a password are percent-encoded; or leave ' +
        'the password out and set it as PGPASSWORD, as it is',
    );
  }
  if (!/^sqlite:./.test(value)) throw new RuleBroken('sqlite:<path> or postgres://…');
  const file = value.slice('sqlite:'.length);
  return `sqlite:${isAbsolute(file) ? file : resolve(cwd, file)}`;
};
