import { type Answer, type Asking, ask } from '../asking.js';

/** Bound by name. A list is bound as one value, so that a text does not depend on its length. */
export type Bound = Record<string, string | number | null | readonly (string | number)[]>;

/** Where the dialects differ in what the lists ask; all else of their SQL is the same in both. */
export interface ListDialect {
  /** A condition: `column` is in the list bound as `name`. */
  within(column: string, name: string): string;
  /**
   * A condition: the event of the delivery `alias` is of one of the bound `sources`.
   * @param ranged the statement reads deliveries from `@lo` to `@hi` alone
   */
  ofSources(alias: string, ranged: boolean): string;
  /** What stands in FROM for the texts of a JSON array; its column is `value`. */
  textsOf(json: string): string;
  /** Behind a table in FROM: sought by its key, or not at all. */
  byKey: string;
  /** Behind `delivery`: read along the index of the retry queue. */
  byRetries: string;
  /** The table of numbers that stand alone: `name`, `value`. */
  counters: string;
  /**
   * Changes of states are counted from when a block is announced, before it is taken in: sums of larger blocks
   * then hold changes in blocks whose rows are still read one by one.
   */
  countsAhead: boolean;
  /** Blocks of 1,024 rows that one statement counts, at most. */
  countsAtOnce: number;
}

/** What is asked, within one transaction. Statements are prepared when first needed, by their texts. */
export interface Rows {
  readonly dialect: ListDialect;
  /** Sizes of the lists' blocks, as powers of two, smallest first. */
  readonly levels: readonly number[];
  all<Row>(sql: string, bound: Bound): Answer<Row[]>;
}

export function* askAll<Row>(rows: Rows, sql: string, bound: Bound = {}): Asking<Row[]> {
  return yield* ask(rows.all<Row>(sql, bound));
}

export function* askOne<Row>(rows: Rows, sql: string, bound: Bound = {}): Asking<Row | undefined> {
  const [row] = yield* ask(rows.all<Row>(sql, bound));
  return row;
}

/** The last uid that is in a block; 0: none is. */
export function* lastInBlocks(rows: Rows, kind: 'deliveries' | 'events'): Asking<number> {
  return (yield* askCounter(rows, `${kind} in blocks`)) - 1;
}

/** 0 where it was never set. */
export function* askCounter(rows: Rows, name: string): Asking<number> {
  const sql = `SELECT value FROM ${rows.dialect.counters} WHERE name = @name`;
  return (yield* askOne<{ value: number }>(rows, sql, { name }))?.value ?? 0;
}
