import type { Cell } from '../moving/side.js';
import { columnsOf, type MovedTable } from '../moving/tables.js';
import { numbers, texts } from './literal.js';

/** `user` is a word of SQL. */
export function tableName(name: string): string {
  return name === 'user' ? 'person' : name;
}

/** Columns as arrays. */
export function insertRows(table: MovedTable): string {
  const columns = columnsOf(table).map((column) => `"${column}"`);
  const arrays = [
    ...table.integers.map(() => 'bigint[]'),
    ...table.texts.map(() => 'text[]'),
    ...(table.reals ?? []).map(() => 'double precision[]'),
  ].map((type, index) => `$${index + 1}::${type}`);
  return `INSERT INTO "${tableName(table.name)}" (${columns.join(', ')})
    SELECT * FROM unnest(${arrays.join(', ')})`;
}

export function rowValues(table: MovedTable, rows: readonly Cell[][]): string[] {
  const textsBegin = table.integers.length;
  const textsEnd = textsBegin + table.texts.length;
  return columnsOf(table).map((_, index) => {
    const cells = rows.map((row) => row[index] ?? null);
    return index < textsBegin || index >= textsEnd
      ? numbers(cells as (number | null)[])
      : texts(cells as (string | null)[]);
  });
}
