import type { TSchema } from 'typebox';

/** Bytes; for calls without a body, whose clients send `{}` or nothing. */
export const NO_BODY_LIMIT = 4 * 1024;

const KIB = 1024;
/** White space, and members that we do not know. */
const SLACK = KIB;
/** A character outside of the basic plane, escaped. */
const CHARACTER = 12;
/** Where a schema says nothing. */
const TEXT_LENGTH = 100;
const ITEMS = 16;
const NUMBER = 32;

/** What schemas of bodies consist of. */
interface Schema {
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly Schema[];
  maxLength?: number;
  items?: Schema;
  maxItems?: number;
  properties?: Readonly<Record<string, Schema>>;
}

/** The bytes that a body of this schema may take, with all that its rules allow. */
export function bodyLimit(schema: TSchema): number {
  return Math.ceil((SLACK + most(schema)) / KIB) * KIB;
}

function most(schema: Schema): number {
  if (schema.anyOf) return Math.max(...schema.anyOf.map(most));
  if (schema.enum) return Math.max(...schema.enum.map(literal));
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.type === 'object') {
    const members = Object.entries(schema.properties ?? {});
    return members.reduce((sum, [name, member]) => sum + literal(name) + 2 + most(member), 2);
  }
  if (schema.type === 'array') {
    const item = schema.items ?? {};
    // Each of a closed set, and some of them twice.
    const items = schema.maxItems ?? (item.enum ? 2 * item.enum.length : ITEMS);
    return 2 + items * (most(item) + 1);
  }
  return schema.type === 'string' ? text(schema.maxLength ?? TEXT_LENGTH) : NUMBER;
}

function literal(value: unknown): number {
  return typeof value === 'string' ? text(value.length) : NUMBER;
}

function text(length: number): number {
  return 2 + CHARACTER * length;
}
