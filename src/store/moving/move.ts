import { sealedAnew } from '../key-check.js';
import type { Keyring } from '../keyring.js';
import { type Mark, type Place, writeMark } from './mark.js';
import { nextStep } from './next-step.js';
import { type Batch, type Cell, MoveRefused, type Side, type SideFacts } from './side.js';
import { columnsOf, MOVED_TABLES, type MovedTable } from './tables.js';

/** A source that is taken back gives numbers too: nobody takes one thing for another by its number. */
const AHEAD = 1_000_000;

export interface MoveProgress {
  table: string;
  /** Of this table, earlier runs included. */
  moved: number;
  total: number;
  /** It is complete. */
  done: boolean;
}

export interface MoveRequest {
  source: Side;
  target: Side;
  keyring: Keyring;
  /** Rows in one step, at most. */
  rows: number;
  onProgress: (progress: MoveProgress) => void;
}

/** Rows of a table at both ends. */
export interface Compared {
  table: string;
  source: number;
  target: number;
}

export type Moved =
  /** `aheadMs`: the target's clock before the source's; times are kept as they are. */
  | { kind: 'moved'; tables: Compared[]; aheadMs: number }
  /** They differ: the target stays closed. */
  | { kind: 'differs'; tables: Compared[] }
  /** An earlier run had come to its end, if not to its last word. */
  | { kind: 'arrived' };

/**
 * Moves a whole store, in steps that each end with how far they came: cut off at any instant, it goes on where it
 * was. Nobody may work on either side meanwhile; afterwards on the target alone.
 * @throws MoveRefused; StoreUnavailable
 */
export async function moveStore(request: MoveRequest): Promise<Moved> {
  const { source, target } = request;
  const [from, to] = [await source.facts(), await target.facts()];
  const next = nextStep({ name: source.name, facts: from }, { name: target.name, facts: to });
  const arrived = { as: 'target', state: 'arrived', other: from.identity, name: source.name } as const;
  const sourceMark = (state: 'moving' | 'moved') =>
    source.setMark(writeMark({ as: 'source', state, other: to.identity, name: target.name }));
  if (next.kind === 'arrived') {
    await sourceMark('moved');
    return { kind: 'arrived' };
  }
  const given = pushedAhead(from.given);
  const markAt = (place: Place) =>
    writeMark({
      as: 'target',
      state: 'moving',
      other: from.identity,
      name: source.name,
      place,
    } satisfies Mark);
  // First the source, so that none starts on it while the target fills.
  await sourceMark('moving');
  if (next.kind === 'begin') await target.begin({ mark: markAt(next.place), given });
  const totals = await moveRows(request, next.place, markAt);
  const tables: Compared[] = [];
  for (const table of MOVED_TABLES) {
    tables.push({
      table: table.name,
      source: totals.get(table.name) ?? 0,
      target: await target.count(table),
    });
  }
  if (tables.some((one) => one.source !== one.target)) return { kind: 'differs', tables };
  const { numbers, storeId } = from;
  await target.finish({ mark: writeMark(arrived), numbers, storeId, given });
  await sourceMark('moved');
  return { kind: 'moved', tables, aheadMs: to.now - from.now };
}

/** @returns how many rows the source has of each */
async function moveRows(
  { source, target, keyring, rows: limit, onProgress }: MoveRequest,
  start: Place,
  markAt: (place: Place) => string,
): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  for (const [index, table] of MOVED_TABLES.entries()) {
    const total = await source.count(table);
    totals.set(table.name, total);
    if (index < start.table) continue;
    let { after, rows: moved } = index === start.table ? start : { after: null, rows: 0 };
    onProgress({ table: table.name, moved, total, done: false });
    for (let batch = await source.read({ table, after, limit }); batch.after !== null; ) {
      after = batch.after;
      moved += batch.rows.length;
      const place = { table: index, after, rows: moved };
      const rows = sealed(keyring, table, batch.rows);
      // The next rows are read while these are written.
      const writing = target.write({ table, rows, mark: markAt(place) });
      const reading = source.read({ table, after, limit });
      [batch] = await bothOf<Batch>(reading, writing);
      onProgress({ table: table.name, moved, total, done: false });
    }
    onProgress({ table: table.name, moved, total, done: true });
  }
  return totals;
}

/** Neither is left under way when the other fails. */
async function bothOf<T>(one: Promise<T>, other: Promise<unknown>): Promise<[T]> {
  const [first, second] = await Promise.allSettled([one, other]);
  if (second.status === 'rejected') throw second.reason;
  if (first.status === 'rejected') throw first.reason;
  return [first.value];
}

/** What a former key encrypted is encrypted anew; uids stay, so that everything else is right where it comes to. */
function sealed(keyring: Keyring, table: MovedTable, rows: Cell[][]): Cell[][] {
  if (table.name !== 'webhook_version') return rows;
  const columns = columnsOf(table);
  const id = columns.indexOf('id');
  return rows.map((row) =>
    row.map((cell, index) => {
      const column = columns[index];
      if (typeof cell !== 'string' || (column !== 'secret' && column !== 'headers')) return cell;
      return keyring.isCurrent(cell) ? cell : sealedAnew(keyring, column, Number(row[id]), cell);
    }),
  );
}

function pushedAhead(given: SideFacts['given']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(given).map(([table, last]) => [table, last === 0 ? 0 : last + AHEAD]),
  );
}

/** The source may be served again, as it was when the move began. False: nothing was moved from it. */
export async function giveUpMove(source: Side): Promise<boolean> {
  const { mark } = await source.facts();
  if (mark === null) return false;
  const { as, name } = JSON.parse(mark) as Mark;
  if (as === 'target')
    throw new MoveRefused(`${source.name} is the target of a move from ${name}, not a source`);
  await source.setMark(null);
  return true;
}
