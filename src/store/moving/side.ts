/** A store as it is while it is moved: what its dialect does for that. All of it is plain data. */
import type { MovedNumbers, MovedTable } from './tables.js';

export type Cell = string | number | null;

export interface SideFacts {
  /** Of this store and no other; not secret. */
  identity: string;
  /** What is written in it of a move (`mark.ts`); null: nothing. */
  mark: string | null;
  numbers: MovedNumbers;
  /** What receivers know it by (`domain/message-id.ts`). */
  storeId: string;
  /** The greatest number that each counted table has ever given. */
  given: Readonly<Record<string, number>>;
  /** ms, the store's clock. */
  now: number;
}

export interface ReadRequest {
  table: MovedTable;
  /** Key of the row behind which to go on; null: from the first. */
  after: readonly Cell[] | null;
  limit: number;
}

export interface Batch {
  /** Cells as `columnsOf` orders them. */
  rows: Cell[][];
  /** Key of the last one; null: there are no more. */
  after: Cell[] | null;
}

/**
 * One side of a move, in nobody else's hands: a server that runs on it is refused when it is opened, and none can
 * start once its mark is written. Every verb is one transaction. Verbs reject with `StoreUnavailable`.
 */
export interface Side {
  /** For people; without a password. */
  readonly name: string;
  facts(): Promise<SideFacts>;
  /** Null takes it away. */
  setMark(mark: string | null): Promise<void>;
  count(table: MovedTable): Promise<number>;
  /** The next rows by their keys: at most `limit`, and fewer where they are large. */
  read(request: ReadRequest): Promise<Batch>;
  /** Makes ready what is to take rows in, with room for these numbers. @throws MoveRefused where it holds any */
  begin(request: { mark: string; given: SideFacts['given'] }): Promise<void>;
  /** Rows and how far that is, together. */
  write(request: { table: MovedTable; rows: readonly Cell[][]; mark: string }): Promise<void>;
  /** Numbers, counters, the store's id and the mark, together, and durable. */
  finish(request: { mark: string } & Pick<SideFacts, 'numbers' | 'storeId' | 'given'>): Promise<void>;
  close(): Promise<void>;
}

/** Why a store is not moved, in words for the operator that say what to do. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
}
