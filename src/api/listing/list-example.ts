import { DEFAULT_LOCALE } from '../../domain/texts/locale.js';
import type { ListOptions } from '../contract/list.js';
import { listOptions } from './envelope.js';
import { type ListSpec, readListQuery } from './list-query.js';

/** What a list with this specification says of itself, for the document: one item, nothing asked. */
export function listOptionsExample(spec: ListSpec, sortField?: string): ListOptions {
  const query = readListQuery({ locale: DEFAULT_LOCALE }, spec);
  const options = listOptions(query, spec, { total: 1 }, sortField);
  const { available_values: all } = options.filter;
  // Two of each say enough.
  const some = Object.entries(all).map(([name, values]) => [name, values.slice(0, 2)]);
  return { ...options, filter: { ...options.filter, available_values: Object.fromEntries(some) } };
}
