import { columnsOf, type MovedTable } from './tables.js';

/** What differs between the dialects in the statements of a move. */
export interface MoveDialect {
  /** What a table is called here. */
  table(name: string): string;
  /** Columns by which its rows are passed. */
  key(table: MovedTable): readonly string[];
  /** The place of the n-th value, from 0 on. */
  value(n: number): string;
  /** A whole number, also of a sum. */
  integer(expression: string): string;
}

export const quoted = (name: string) => `"${name}"`;

/** What stands for a column of a row that goes. */
function expression(dialect: MoveDialect, table: MovedTable, column: string): string {
  if (table.cleared?.includes(column)) return `0 AS ${quoted(column)}`;
  if (table.summed === column) return `${dialect.integer(`sum(${quoted(column)})`)} AS ${quoted(column)}`;
  return quoted(column);
}

/** Rows that differ in nothing but what is cleared are one; of none is left where they add up to nothing. */
function grouping(table: MovedTable): string {
  if (table.summed === undefined) return '';
  return `GROUP BY ${table.key.map(quoted).join(', ')} HAVING sum(${quoted(table.summed)}) <> 0`;
}

/**
 * The next rows behind a key: its values, and then the limit, are bound in this order. The key's columns come
 * behind those of the row, as `key 0`, `key 1` …
 */
export function selectRows(dialect: MoveDialect, table: MovedTable, behind: boolean): string {
  const key = dialect.key(table);
  const names = key.map(quoted).join(', ');
  const columns = [
    ...columnsOf(table).map((column) => expression(dialect, table, column)),
    ...key.map((column, index) => `${quoted(column)} AS "key ${index}"`),
  ];
  const where = behind
    ? `WHERE (${names}) > (${key.map((_, index) => dialect.value(index)).join(', ')})`
    : '';
  return `SELECT ${columns.join(', ')} FROM ${quoted(dialect.table(table.name))}
    ${where} ${grouping(table)} ORDER BY ${names} LIMIT ${dialect.value(behind ? key.length : 0)}`;
}

export function countRows(dialect: MoveDialect, table: MovedTable): string {
  const from = quoted(dialect.table(table.name));
  return table.summed === undefined
    ? `SELECT count(*) AS count FROM ${from}`
    : `SELECT count(*) AS count FROM (SELECT 1 FROM ${from} ${grouping(table)}) AS grouped`;
}

/** Of the cells of one row; what a step may hold in memory goes by this. */
export function bytesOf(cells: readonly (string | number | null)[]): number {
  return cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
}

/** Of one step, in bytes of text; a single row may be larger. */
export const STEP_BYTES = 2 ** 21;
