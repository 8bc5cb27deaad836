import { type ErrorCode, Refusal } from '../../domain/errors.js';
import { type Locale, localeOf } from '../../domain/texts/locale.js';
import type { FilterField } from './filter-field.js';
import { readTimes } from './times.js';

/** What a list can be asked for. Whatever else stands in a query is ignored. */
export interface ListSpec {
  /** Of the flat `filter_field` and `filter_value`. */
  filters: readonly FilterField[];
  /** Parameters of their own names, each repeatable, all combined; for our console. */
  repeatable: readonly FilterField[];
  /** The first is the default; null: this list takes no `sort_field`. */
  sortFields: readonly [string, ...string[]] | null;
  /** Whether it takes `from` and `to`. */
  time: boolean;
  /** Whether it takes `cursor`, and with it any `limit` from 1 to 200. */
  cursor: boolean;
}

export type Page =
  | { kind: 'page'; limit: number; number: number; offset: number }
  /** `after` is empty for the first page. */
  | { kind: 'cursor'; limit: number; after: string };

export interface ListQuery {
  page: Page;
  locale: Locale;
  /** The flat filter, as it was given. */
  flat: { field: string; value: string } | null;
  /** What each repeatable parameter may be. */
  repeated: ReadonlyMap<string, readonly string[]>;
  /** `field` is null where the list takes no `sort_field`. Without any sort parameter: newest first. */
  sort: { field: string | null; asc: boolean };
  /** ms, both inclusive. */
  from: number | null;
  to: number | null;
}

const PANEL_LIMITS: readonly string[] = ['10', '20', '30', '50'];
const MAX_CURSOR_LIMIT = 200;

type Query = Record<string, unknown>;

/**
 * Reads the parameters of a list, and judges them in the contract's order.
 * @param query as fastify parsed it: a parameter that is given twice is an array
 * @throws Refusal `wrong-pagination-limit`, `wrong-page-number`, `wrong-filter-type`, `wrong-filter-field`,
 *   `wrong-filter-format`, `wrong-filter-value`, `wrong-sort-type`, `wrong-sort-field`, `wrong-time-format`,
 *   `wrong-time-range`
 */
export function readListQuery(query: unknown, spec: ListSpec): ListQuery {
  const parameters = query as Query;
  const page = readPage(parameters, spec.cursor);
  const { flat, repeated } = readFilters(parameters, spec);
  const sort = readSort(parameters, spec.sortFields);
  const times = spec.time ? readTimes(parameters) : { from: null, to: null };
  return { page, locale: localeOf(query), flat, repeated, sort, ...times };
}

/**
 * What `field` may be by all filters together; null: anything. Empty: nothing is left.
 * @param name of a flat or a repeatable field
 */
export function wanted({ flat, repeated }: ListQuery, name: string): string[] | null {
  const values = repeated.get(name);
  if (flat?.field !== name) return values ? [...new Set(values)] : null;
  return !values || values.includes(flat.value) ? [flat.value] : [];
}

/** Given at most once. @throws Refusal `code` */
export function single(query: Query, name: string, code: ErrorCode): string | undefined {
  const value = query[name];
  if (value !== undefined && typeof value !== 'string') throw new Refusal(code);
  return value;
}

function readPage(query: Query, takesCursor: boolean): Page {
  const limit = single(query, 'limit', 'wrong-pagination-limit') ?? '10';
  const withCursor = takesCursor && query['cursor'] !== undefined;
  if (!(withCursor ? isCursorLimit(limit) : PANEL_LIMITS.includes(limit))) {
    throw new Refusal('wrong-pagination-limit');
  }
  const text = single(query, 'page_number', 'wrong-page-number') ?? '1';
  const number = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(number)) throw new Refusal('wrong-page-number');
  if (withCursor) {
    const after = single(query, 'cursor', 'wrong-page-number') ?? '';
    return { kind: 'cursor', limit: Number(limit), after };
  }
  return { kind: 'page', limit: Number(limit), number, offset: (number - 1) * Number(limit) };
}

function isCursorLimit(limit: string): boolean {
  return /^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= MAX_CURSOR_LIMIT;
}

function readFilters(query: Query, spec: ListSpec): Pick<ListQuery, 'flat' | 'repeated'> {
  const type = single(query, 'filter_type', 'wrong-filter-type') ?? 'equal';
  if (type !== 'equal') throw new Refusal('wrong-filter-type');

  const name = single(query, 'filter_field', 'wrong-filter-field');
  const field = spec.filters.find((one) => one.name === name);
  const given = name !== undefined;
  if (given ? !field : query['filter_value'] !== undefined) throw new Refusal('wrong-filter-field');

  const format = single(query, 'filter_format', 'wrong-filter-format') ?? 'string';
  if (format !== 'string') throw new Refusal('wrong-filter-format');

  const value = single(query, 'filter_value', 'wrong-filter-value');
  if (field && (value === undefined || !field.accepts(value))) throw new Refusal('wrong-filter-value');
  const flat = field && value !== undefined ? { field: field.name, value } : null;
  return { flat, repeated: readRepeatable(query, spec.repeatable) };
}

function readRepeatable(query: Query, fields: readonly FilterField[]): Map<string, string[]> {
  const repeated = new Map<string, string[]>();
  for (const field of fields) {
    const given = query[field.name];
    if (given === undefined) continue;
    const values = (Array.isArray(given) ? given : [given]).map(String);
    if (!values.every(field.accepts)) throw new Refusal('wrong-filter-value');
    repeated.set(field.name, values);
  }
  return repeated;
}

function readSort(query: Query, fields: ListSpec['sortFields']): ListQuery['sort'] {
  const type = single(query, 'sort_type', 'wrong-sort-type');
  if (type !== undefined && type !== 'asc' && type !== 'desc') throw new Refusal('wrong-sort-type');
  if (fields === null) return { field: null, asc: type === 'asc' };
  const field = single(query, 'sort_field', 'wrong-sort-field');
  if (field !== undefined && !fields.includes(field)) throw new Refusal('wrong-sort-field');
  // Only where neither is given does a list begin with the newest.
  const asc = type === undefined ? field !== undefined : type === 'asc';
  return { field: field ?? fields[0], asc };
}
