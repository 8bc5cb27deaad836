/** Requests at every call of the OpenAPI document: valid, near-valid, and hostile. */
import type { OpenApiDocument, OpenApiOperation } from '../../src/api/openapi/document.js';
import type { Seeded } from './seeded.js';

export interface FuzzRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

type List<T> = readonly [T, ...T[]];

const STRINGS: List<string> = [
  '',
  ' ',
  '0',
  '-1',
  'null',
  'log.tamper_event',
  'active',
  'http://127.0.0.1:1/hook',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  'Ž王🚪',
  'a'.repeat(129),
  'b'.repeat(9000),
  '{"X":"y"}',
  '__proto__',
];
const NUMBERS: List<number> = [0, 1, -1, 2, 5, 6, 0.5, 1e3, 3e4, 2 ** 31, 2 ** 53, 1e300, -0];
/** Uids that may exist, and such that never do. */
const UIDS: List<string> = [
  '1',
  '2',
  '3',
  '4',
  '7',
  '12',
  '0',
  '-1',
  '1.0',
  '+1',
  '01',
  '9007199254740991',
  '9007199254740993',
  '99999999999999999999999',
  'x',
  '%zz',
  '%2e%2e',
  '%00',
  '1;2',
  ' 1',
  'a'.repeat(2000),
];
const PARAMETERS: List<string> = [
  'limit',
  'page_number',
  'locale',
  'sort_field',
  'sort_type',
  'filter_field',
  'filter_type',
  'filter_format',
  'filter_value',
  'from',
  'to',
  'cursor',
  'webhook_uid',
  'event_type',
  'status',
  'source',
  'event_id',
  'state',
  'q',
  'step',
  'by',
  'username',
  'password',
  'access_token',
];
const VALUES: List<string> = [
  '',
  '10',
  '20',
  '50',
  '200',
  '0',
  '1',
  '-1',
  '1e3',
  '99999999999999',
  'en',
  'uk',
  'xx',
  'asc',
  'desc',
  'ASC',
  'item_uid',
  'url',
  'status',
  'equal',
  'string',
  'delivered',
  'retrying',
  'held',
  'log.tamper_event',
  'access',
  '1700000000',
  '1700000000000',
  '8640000000000001',
  'minute',
  'hour',
  'day',
  'webhook',
  'unmatched',
  '%ff',
  '\'"<>&',
  'eyJhIjoxfQ',
];
const TYPES: List<string> = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', ';;', ''];
const ACCEPTS: List<string> = ['*/*', 'application/json', 'text/html', 'application/json;q=0.1', ';;,', ''];

export interface Call {
  method: string;
  path: string;
  operation: OpenApiOperation;
}

export function callsOf(document: OpenApiDocument): List<Call> {
  const [first, ...rest] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  if (!first) throw new Error('a document without calls');
  return [first, ...rest];
}

/** @param authorizations the first is one that may do everything, and is taken most of the time */
export function fuzzRequest(chance: Seeded, call: Call, authorizations: List<string>): FuzzRequest {
  const strange = chance.next() < 0.03;
  const headers: Record<string, string> = {};
  const authorization = chance.next() < 0.8 ? authorizations[0] : chance.pick(authorizations);
  if (authorization !== '') headers['authorization'] = authorization;
  if (chance.next() < 0.3) headers['content-type'] = chance.pick(TYPES);
  if (chance.next() < 0.3) headers['accept'] = chance.pick(ACCEPTS);
  if (chance.next() < 0.05) headers['idempotency-key'] = `key-${chance.between(1, 20)}`;
  const method = strange
    ? chance.pick(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    : call.method;
  return { method, path: path(chance, call), headers, body: body(chance, call, method) };
}

function path(chance: Seeded, call: Call): string {
  let target = call.path.replaceAll(/\{\w+\}/g, () => chance.pick(UIDS).replaceAll(' ', '%20'));
  if (chance.next() < 0.02) target += chance.pick(['/', '/..', '//', ';x=1', '/%2e%2e/', '.json']);
  const pairs: string[] = [];
  const count = chance.next() < 0.5 ? 0 : chance.between(1, 4);
  const named = call.operation.parameters.filter((one) => one.in === 'query').map((one) => one.name);
  for (let n = 0; n < count; n++) {
    const [first, ...rest] = named;
    const name =
      first !== undefined && chance.next() < 0.8 ? chance.pick([first, ...rest]) : chance.pick(PARAMETERS);
    const value = chance.pick(VALUES);
    pairs.push(`${name}=${value.startsWith('%') ? value : encodeURIComponent(value)}`);
  }
  return pairs.length > 0 ? `${target}?${pairs.join('&')}` : target;
}

function body(chance: Seeded, call: Call, method: string): Buffer | null {
  if (method === 'GET' || method === 'HEAD') return null;
  const example = call.operation.requestBody?.content['application/json']?.example;
  const roll = chance.next();
  if (example === undefined) return roll < 0.8 ? null : Buffer.from(chance.pick(STRINGS));
  if (roll < 0.25) return Buffer.from(JSON.stringify(unlike(chance, example)));
  if (roll < 0.85) return Buffer.from(JSON.stringify(mutated(chance, example)));
  return hostile(chance, JSON.stringify(example));
}

/** The example, with a URL of its own where it has one: the same URL twice is refused. */
function unlike(chance: Seeded, example: unknown): unknown {
  const copy = structuredClone(example);
  if (typeof copy === 'object' && copy !== null && 'url' in copy) {
    copy.url = `http://127.0.0.1:1/${chance.between(1, 40)}`;
  }
  return copy;
}

function mutated(chance: Seeded, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (chance.next() < 0.2) return anything(chance);
    return value.map((element) => (chance.next() < 0.3 ? anything(chance) : element));
  }
  if (typeof value !== 'object' || value === null) return anything(chance);
  const entries = Object.entries(unlike(chance, value) as object);
  const changes = chance.between(1, 2);
  for (let n = 0; n < changes; n++) {
    const at = chance.between(0, entries.length);
    const entry = entries[at];
    if (!entry) entries.push([chance.pick(STRINGS), anything(chance)]);
    else if (chance.next() < 0.3) entries.splice(at, 1);
    else entry[1] = chance.next() < 0.3 ? mutated(chance, entry[1]) : anything(chance);
  }
  return Object.fromEntries(entries);
}

function anything(chance: Seeded): unknown {
  const kinds = [
    () => chance.pick(STRINGS),
    () => chance.pick(NUMBERS),
    () => null,
    () => chance.next() < 0.5,
    () => [],
    () => [chance.pick(STRINGS), chance.pick(NUMBERS)],
    () => ({}),
    () => ({ [chance.pick(STRINGS)]: chance.pick(NUMBERS) }),
  ] as const;
  return chance.pick(kinds)();
}

function hostile(chance: Seeded, text: string): Buffer {
  const kinds = [
    () => Buffer.from(text.slice(0, chance.between(0, text.length))),
    () => Buffer.from(`${'['.repeat(5000)}${']'.repeat(5000)}`),
    () => Buffer.from(text.replace(/"[^"]*"/, '"\\u0000\\ud800"')),
    () => Buffer.from(text.replace('{', '{"__proto__":{"x":1},"constructor":1,')),
    () => Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(`${text}${text}`),
    () => Buffer.from(text.replace(/\d+/, '1'.repeat(400))),
    () => Buffer.from(`[${`${text},`.repeat(30)}${text}]`),
    () => Buffer.alloc(300_000, 0x20),
  ] as const;
  return chance.pick(kinds)();
}
