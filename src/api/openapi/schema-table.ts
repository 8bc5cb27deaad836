import type { OpenApiDocument } from './document.js';
import { escapeHtml, inline, table } from './html.js';

/** As much of JSON Schema as the contract uses. */
interface Schema {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  [rule: string]: unknown;
}

/** Deeper members are left to the example. */
const DEPTH = 3;

/** Two limits, and what they count. */
const RANGES = [
  ['minimum', 'maximum', ''],
  ['minLength', 'maxLength', ' characters'],
  ['minItems', 'maxItems', ' items'],
] as const;

const RULES = [
  ['multipleOf', 'multiple of'],
  ['pattern', 'matches'],
  ['default', 'default'],
] as const;

/** A table of the members of `schema`; empty where it has none. */
export function schemaTable(schema: unknown, document: OpenApiDocument): string {
  const rows = membersOf(schema as Schema, document, '', 0);
  return table(['member', 'type', ''], rows);
}

/** What a value must be, in a few words of HTML. */
export function typeOf(given: unknown, document: OpenApiDocument): string {
  const schema = resolved(given as Schema, document);
  const any = schema.anyOf;
  if (any) return [...new Set(any.map((one) => typeOf(one, document)))].join(' or ');
  if (schema.enum) return valuesOf(schema.enum);
  if ('const' in schema) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`;
  if (schema.type === 'array')
    return [`array of ${typeOf(schema.items ?? {}, document)}`, ...rulesOf(schema)].join(', ');
  return [schema.type ?? 'any', ...rulesOf(schema)].join(', ');
}

function rulesOf(schema: Schema): string[] {
  const ranges = RANGES.map(([low, high, what]) => rangeOf(schema[low], schema[high], what));
  const rules = RULES.filter(([rule]) => schema[rule] !== undefined).map(
    ([rule, words]) => `${words} <code>${escapeHtml(String(schema[rule]))}</code>`,
  );
  return [...ranges, ...rules].filter(Boolean);
}

function rangeOf(low: unknown, high: unknown, what: string): string {
  // The limit of a double is of no use to anybody.
  const most = high === Number.MAX_SAFE_INTEGER ? undefined : high;
  if (most === undefined) return low === undefined ? '' : `from ${low}${what}`;
  return low === undefined || low === 0 ? `up to ${most}${what}` : `${low} to ${most}${what}`;
}

/** Long ones, that is the event types, are listed by a call of their own. */
function valuesOf(values: readonly unknown[]): string {
  const shown = values.length > 12 ? values.slice(0, 2) : values;
  const texts = shown.map((value) => `<code>${escapeHtml(JSON.stringify(value))}</code>`);
  return texts.join(' | ') + (shown.length < values.length ? ` | … (${values.length})` : '');
}

function membersOf(given: Schema, document: OpenApiDocument, prefix: string, depth: number): string[][] {
  const schema = resolved(given, document);
  const within = [...(schema.anyOf ?? []), ...(schema.items ? [schema.items] : [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const full = prefix + name;
    const optional = schema.required?.includes(name) ? '' : ' <span class="dim">optional</span>';
    const row = [
      `<code>${escapeHtml(full)}</code>${optional}`,
      typeOf(member, document),
      inline(resolved(member, document).description ?? ''),
    ];
    return depth < DEPTH ? [row, ...membersOf(member, document, `${full}.`, depth + 1)] : [row];
  });
  const all = [...own, ...within.flatMap((one) => membersOf(one, document, prefix, depth))];
  return all.filter(([name], index) => all.findIndex(([other]) => other === name) === index);
}

function resolved(schema: Schema, document: OpenApiDocument): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : ((document.components['schemas']?.[name] ?? {}) as Schema);
}
