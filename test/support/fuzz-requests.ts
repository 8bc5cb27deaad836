/** Requests at every call of an OpenAPI document: valid, nearly valid, hostile. */
import type { OpenApiDocument, OpenApiOperation, OpenApiParameter } from '../../src/api/openapi/document.js';
import { type Schema, Values } from './fuzz-values.js';
import type { Seeded } from './seeded.js';

export interface FuzzRequest {
  method: string;
  /** As it goes over the wire. */
  target: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

const HOSTILE_SEGMENTS = [
  '0',
  '-1',
  '1.0',
  '1e3',
  'x',
  '%00',
  '%zz',
  '%ff',
  '..%2f..',
  '%F0%9D%84%9E',
  '9007199254740993',
  '9'.repeat(3000),
  'retry',
  '__proto__',
  '*',
  ';a=b',
] as const;
const ACCEPTS = [
  '*/*',
  'application/json',
  'text/html',
  'application/json;q=0',
  'a/b;q=x,,;',
  '\t,',
] as const;
const TYPES = [
  'application/json',
  'text/plain',
  'multipart/form-data',
  '',
  'no media type',
  'application/json; charset=utf-16',
] as const;
const OTHER_METHODS = ['HEAD', 'PATCH', 'OPTIONS', 'PUT', 'DELETE', 'POST', 'TRACE', 'PROPFIND'] as const;
const HOSTILE_QUERIES = [
  '%zz=%ff',
  '&&&',
  '=',
  '__proto__=1&constructor=2',
  'limit=10&limit=20',
  'a[b]=1',
  '?',
  'limit=%00',
  `q=${'x'.repeat(4000)}`,
] as const;

/** Uids up to this are asked for: some exist. */
const MOST_UID = 40;

export class FuzzRequests {
  readonly #calls: { method: string; path: string; op: OpenApiOperation }[];
  readonly #values: Values;
  readonly #chance: Seeded;
  readonly #credentials: readonly [string, ...string[]];
  #next = 0;

  /** @param credentials `Authorization` headers; the first is the one that may do everything */
  constructor(document: OpenApiDocument, chance: Seeded, credentials: readonly [string, ...string[]]) {
    this.#chance = chance;
    this.#credentials = credentials;
    this.#values = new Values(chance, document.components['schemas'] as Record<string, Schema>);
    this.#calls = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, op]) => ({ method: method.toUpperCase(), path, op })),
    );
  }

  get calls(): number {
    return this.#calls.length;
  }

  /** Each call has its turn. */
  next(): FuzzRequest {
    const call = this.#calls[this.#next++ % this.#calls.length];
    if (!call) throw new Error('the document has no calls');
    const { op } = call;
    const chance = this.#chance;
    const wild = chance.next() < 0.3;
    const path = this.#path(call.path, op, wild);
    const query = this.#query(op, wild);
    return {
      method: wild && chance.next() < 0.15 ? chance.pick(OTHER_METHODS) : call.method,
      target: query === '' ? path : `${path}?${query}`,
      headers: this.#headers(op, wild),
      body: this.#body(op, wild),
    };
  }

  #path(path: string, { operationId }: OpenApiOperation, wild: boolean): string {
    const filled = path.replaceAll(/\{\w+\}/g, () =>
      wild && this.#chance.next() < 0.5
        ? this.#chance.pick(HOSTILE_SEGMENTS)
        : // The requests come with the keys 1 to 3.
          String(this.#chance.between(operationId === 'revokeKey' ? 4 : 1, MOST_UID)),
    );
    if (!wild || this.#chance.next() > 0.05) return filled;
    return this.#chance.pick([
      `${filled}/`,
      `/${filled}`,
      filled.toUpperCase(),
      `${filled}%2e`,
      `${filled}//1`,
    ]);
  }

  #query({ parameters }: OpenApiOperation, wild: boolean): string {
    if (wild && this.#chance.next() < 0.1) return this.#chance.pick(HOSTILE_QUERIES);
    return parameters
      .filter((one) => one.in === 'query' && (one.required || this.#chance.next() < 0.15))
      .flatMap((one) => this.#texts(one, wild).map((text) => `${encoded(one.name)}=${encoded(text)}`))
      .join('&');
  }

  #texts({ schema, name }: OpenApiParameter, wild: boolean): string[] {
    const value =
      wild && this.#chance.next() < 0.3 ? this.#values.hostile() : this.#values.right(schema as Schema, name);
    const texts = [value].flat().map((one) => (typeof one === 'string' ? one : (JSON.stringify(one) ?? '')));
    return texts.slice(0, 5).map((text) => text.slice(0, 2000));
  }

  #headers({ security, parameters }: OpenApiOperation, wild: boolean): Record<string, string> {
    const chance = this.#chance;
    const [master] = this.#credentials;
    const anyone = chance.next() < 0.2;
    const key = parameters.some((one) => one.in === 'header') && chance.next() < 0.2;
    return {
      ...(security.length > 0 && { authorization: anyone ? chance.pick(this.#credentials) : master }),
      ...(chance.next() < 0.3 && { accept: chance.pick(ACCEPTS) }),
      ...(wild && { 'content-type': chance.pick(TYPES) }),
      ...(key && {
        'idempotency-key': chance.pick(['k', '', 'x'.repeat(201), `n${chance.between(1, 1e6)}`]),
      }),
    };
  }

  #body({ requestBody }: OpenApiOperation, wild: boolean): Buffer | null {
    const chance = this.#chance;
    if (!requestBody) return wild && chance.next() < 0.2 ? Buffer.from('{"a":1}') : null;
    const schema = requestBody.content['application/json']?.schema as Schema;
    if (!wild) return Buffer.from(JSON.stringify(this.#values.right(schema)));
    if (chance.next() < 0.6) return Buffer.from(JSON.stringify(this.#values.near(schema)));
    const text = JSON.stringify(this.#values.right(schema));
    return chance.pick([
      () => Buffer.alloc(0),
      () => Buffer.from(text.slice(0, -1)),
      () => Buffer.from(`\ufeff${text}`),
      () => Buffer.from(text, 'utf16le'),
      () => Buffer.from([0x22, 0xff, 0xfe, 0x22]),
      () => Buffer.from('['.repeat(100_000)),
      () => Buffer.from('{"a":'.repeat(5000)),
      () => Buffer.alloc(300_000, ' '),
      () => Buffer.from(JSON.stringify(this.#values.hostile()) ?? ''),
      () => Buffer.from(text.replaceAll('"', "'")),
    ])();
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''));
}
