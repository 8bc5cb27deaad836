import type { Locale } from '../../domain/texts/locale.js';
import type { ListOptions } from '../contract/list.js';
import type { FilterField } from './filter-field.js';
import type { ListQuery, ListSpec } from './list-query.js';

/** How many there are by all filters, or where the next page of a walk begins (null: there is none). */
export type Extent = { total: number } | { nextCursor: string | null };

/**
 * What a list says of itself, its members in the contract's order.
 * @param sortField shown where the list takes no `sort_field`
 */
export function listOptions(
  query: ListQuery,
  spec: ListSpec,
  extent: Extent,
  sortField = 'item_uid',
): ListOptions {
  const { flat, repeated, sort, locale } = query;
  return {
    pagination: pagination(query, extent),
    filter: {
      available_filtering: spec.filters.length > 0,
      available_fields: spec.filters.map(({ name }) => name),
      is_filtered: flat !== null || repeated.size > 0,
      available_values: Object.fromEntries(
        spec.filters.map((field) => [field.name, valuesOf(field, locale)]),
      ),
      ...(flat && {
        filter_field: flat.field,
        filter_type: 'equal',
        filter_format: 'string',
        filter_value: flat.value,
      }),
      ...(repeated.size > 0 && {
        combined: Object.fromEntries([...repeated].map(([name, given]) => [name, [...given]])),
      }),
    },
    sort: {
      field: sort.field ?? sortField,
      asc: sort.asc,
      available_fields: spec.sortFields === null ? [] : [...spec.sortFields],
    },
  };
}

type Values = { text: string; value: string }[];
const VALUES = new WeakMap<FilterField, Map<Locale, Values>>();

/** Made once a language: the log has 51 of them, and is polled each second. */
function valuesOf(field: FilterField, locale: Locale): Values {
  const known = VALUES.get(field) ?? new Map<Locale, Values>();
  VALUES.set(field, known);
  const values =
    known.get(locale) ?? (field.values ?? []).map((value) => ({ text: field.text(value, locale), value }));
  known.set(locale, values);
  return values;
}

function pagination({ page }: ListQuery, extent: Extent): ListOptions['pagination'] {
  if ('nextCursor' in extent) return { items_limit: page.limit, next_cursor: extent.nextCursor };
  const { total } = extent;
  return {
    total_items: total,
    items_limit: page.limit,
    total_pages: Math.ceil(total / page.limit),
    current_page: total === 0 || page.kind === 'cursor' ? 1 : page.number,
  };
}
