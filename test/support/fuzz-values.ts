/** Values for a JSON schema: right ones, ones that are nearly right, and hostile ones. */
import type { Seeded } from './seeded.js';

export interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
}

const WORDS = [
  'a',
  'main-entrance',
  'Žofie 王',
  '𝄞',
  "'; drop table events; --",
  '<b>&',
  '..',
  'log.x',
  ' ',
  '%s',
] as const;

const HOSTILE = [
  null,
  true,
  0,
  -1,
  -0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e308,
  '',
  '\0',
  '\ud800',
  '\r\nX-A: 1',
  'x'.repeat(20_000),
  '𝄞'.repeat(5000),
  '9'.repeat(400),
  [],
  {},
  [[[[[[]]]]]],
  { __proto__: null, constructor: { prototype: 1 } },
  JSON.parse('{"__proto__":{"admin":true}}') as unknown,
  Array(1001).fill(0),
] as const;

/** What fits by name alone: a random text would hardly ever be one. No host that keeps one waiting. */
const BY_NAME: Readonly<Record<string, (chance: Seeded) => unknown>> = {
  url: (chance) =>
    chance.next() < 0.9
      ? `http://127.0.0.1:${chance.between(1, 9)}/${chance.between(1, 1e6)}`
      : chance.pick([
          'http://169.254.169.254/',
          'http://[::1',
          'http://0x7f.1/',
          'https://127.0.0.1:1/#a',
          'HTTP:///a',
          'http://a:b@c/',
        ]),
  headers: (chance) =>
    chance.pick(['{"X-A":"b"}', '{}', '{"host":"a"}', '{"X-A":1}', '[', '{"X-A":"b","x-a":"c"}', '']),
};

export class Values {
  readonly #chance: Seeded;
  readonly #schemas: Readonly<Record<string, Schema>>;

  constructor(chance: Seeded, schemas: Readonly<Record<string, Schema>>) {
    this.#chance = chance;
    this.#schemas = schemas;
  }

  hostile(): unknown {
    return this.#chance.pick(HOSTILE);
  }

  /** One that the schema takes, as far as the schema says. */
  right(given: Schema, name = ''): unknown {
    const schema = given.$ref ? (this.#schemas[given.$ref.split('/').at(-1) ?? ''] ?? {}) : given;
    const chance = this.#chance;
    const byName = BY_NAME[name];
    if (byName && schema.type !== 'object') return byName(chance);
    if (schema.anyOf) return this.right(this.#one(schema.anyOf), name);
    if ('const' in schema) return schema.const;
    if (schema.enum) return this.#one(schema.enum);
    switch (schema.type) {
      case 'boolean':
        return chance.next() < 0.5;
      case 'integer':
      case 'number':
        return this.#number(schema);
      case 'string':
        return this.#text(schema);
      case 'array':
        return Array.from({ length: chance.between(schema.minItems ?? 0, 3) }, () =>
          this.right(schema.items ?? {}),
        );
      case 'object':
        return this.#object(schema);
      default:
        return null;
    }
  }

  /** One in which something is wrong. */
  near(schema: Schema, name = ''): unknown {
    const value = this.right(schema, name);
    if (typeof value !== 'object' || value === null) return this.hostile();
    if (Array.isArray(value)) return [...(value as unknown[]), this.hostile()];
    const members = Object.entries(value);
    const at = this.#chance.between(0, Math.max(0, members.length - 1));
    const spoilt = members.map(([key, one], index) => [key, index === at ? this.hostile() : one] as const);
    return Object.fromEntries(this.#chance.next() < 0.7 ? spoilt : spoilt.toSpliced(at, 1));
  }

  #object({ properties = {}, required = [] }: Schema): unknown {
    const names = Object.keys(properties).filter(
      (name) => required.includes(name) || this.#chance.next() < 0.4,
    );
    return Object.fromEntries(names.map((name) => [name, this.right(properties[name] ?? {}, name)]));
  }

  #number({ minimum = 0, maximum = 1e6 }: Schema): number {
    const most = Math.min(maximum, minimum + 1e6);
    return this.#chance.pick([minimum, most, this.#chance.between(minimum, most)]);
  }

  #text({ minLength = 0, maxLength = 40 }: Schema): string {
    const word = this.#chance.pick(WORDS);
    const length = this.#chance.pick([minLength, Math.min(maxLength, minLength + 20), maxLength]);
    return [...word.repeat(length)].slice(0, length).join('');
  }

  #one<T>(choices: readonly T[]): T {
    return choices[this.#chance.between(0, choices.length - 1)] as T;
  }
}
