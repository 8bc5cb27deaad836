import type { Asking } from '../asking.js';

/** Neighbouring uids, `lo` to `hi` inclusive. */
export interface Block {
  lo: number;
  hi: number;
  /** 2^level uids at most; 0: rows that are in no block. */
  level: number;
  /** Rows of the list in it; null until they are counted. */
  count: number | null;
}

/** What a tree asks of the rows that a list goes through. */
export interface TreeRows {
  /** Levels of blocks, smallest first. */
  readonly levels: readonly number[];
  /** The last uid that is in a block, 0 when none is. */
  readonly lastInBlocks: number;
  /**
   * Blocks of one level that meet `lo`…`hi` and may hold rows of the list, in the order of uids. `count` is
   * null where only smaller blocks, or the rows, can tell.
   */
  blocks(level: number, lo: number, hi: number): Asking<Block[]>;
  /** Reads the rows: how many of `lo`…`hi` are in the list. */
  count(lo: number, hi: number): Asking<number>;
  /** The same for each of several whole blocks of one level that follow each other, by their numbers. */
  counts(level: number, first: number, last: number): Asking<ReadonlyMap<number, number>>;
  /** Reads the rows: uids of the list in `lo`…`hi`. */
  uids(range: { lo: number; hi: number; asc: boolean; offset: number; limit: number }): Asking<number[]>;
}

/**
 * A list that goes by uid, as a tree of blocks: whole blocks are counted and skipped by their sums, and rows
 * are read only in the smallest blocks that hold what is asked for.
 */
export class Tree {
  readonly #rows: TreeRows;
  readonly #ranges: readonly { lo: number; hi: number }[];
  readonly #smaller = new Map<Block, Block[]>();
  #known: Block[] | null = null;

  /** @param ranges in the order of uids, apart from each other */
  constructor(rows: TreeRows, ranges: readonly { lo: number; hi: number }[]) {
    this.#rows = rows;
    this.#ranges = ranges;
  }

  *count(): Asking<number> {
    return yield* this.#sum(yield* this.#roots());
  }

  /** The uids at `offset` of the list; walks from its nearer end. */
  *page(asc: boolean, offset: number, limit: number): Asking<{ total: number; uids: number[] }> {
    const total = yield* this.count();
    const size = Math.min(limit, Math.max(0, total - offset));
    if (size === 0) return { total, uids: [] };
    const behind = total - offset - size;
    const roots = yield* this.#roots();
    if (offset <= behind) return { total, uids: yield* this.#walk(roots, asc, offset, size) };
    return { total, uids: (yield* this.#walk(roots, !asc, behind, size)).reverse() };
  }

  *first(asc: boolean, limit: number): Asking<number[]> {
    return yield* this.#walk(yield* this.#roots(), asc, 0, limit);
  }

  *#roots(): Asking<Block[]> {
    if (this.#known) return this.#known;
    const roots: Block[] = [];
    for (const { lo, hi } of this.#ranges) roots.push(...(yield* this.#rootsOf(lo, hi)));
    this.#known = roots;
    return roots;
  }

  *#rootsOf(lo: number, hi: number): Asking<Block[]> {
    const { levels, lastInBlocks } = this.#rows;
    const inBlocks = Math.min(hi, lastInBlocks);
    const roots = lo <= inBlocks ? yield* this.#rows.blocks(levels.at(-1) ?? 0, lo, inBlocks) : [];
    const tail = Math.max(lo, lastInBlocks + 1);
    return tail <= hi ? [...roots, { lo: tail, hi, level: 0, count: null }] : roots;
  }

  /** Null: it holds no smaller blocks, its rows are to be read. */
  *#children(block: Block): Asking<Block[] | null> {
    const { levels } = this.#rows;
    const below = levels[levels.indexOf(block.level) - 1];
    if (below === undefined) return null;
    let children = this.#smaller.get(block);
    if (!children) {
      children = yield* this.#rows.blocks(below, block.lo, block.hi);
      this.#smaller.set(block, children);
    }
    return children;
  }

  *#countOf(block: Block): Asking<number> {
    if (block.count === null) {
      const children = yield* this.#children(block);
      block.count = children ? yield* this.#sum(children) : yield* this.#rows.count(block.lo, block.hi);
    }
    return block.count;
  }

  *#sum(blocks: readonly Block[]): Asking<number> {
    const level = this.#rows.levels[0] ?? 0;
    const size = 2 ** level;
    const whole = blocks.filter(
      (one) => one.count === null && one.level === level && one.hi === one.lo + size - 1,
    );
    for (const run of runsOf(whole)) {
      const [first, last] = [run[0]?.lo ?? 0, run.at(-1)?.lo ?? 0];
      const counts = yield* this.#rows.counts(level, first / size, last / size);
      for (const block of run) block.count = counts.get(block.lo / size) ?? 0;
    }
    let sum = 0;
    for (const block of blocks) sum += yield* this.#countOf(block);
    return sum;
  }

  *#walk(blocks: readonly Block[], asc: boolean, offset: number, limit: number): Asking<number[]> {
    const found: number[] = [];
    let skip = offset;
    for (const block of asc ? blocks : [...blocks].reverse()) {
      if (found.length === limit) break;
      if (block.count === 0) continue;
      if (skip > 0) {
        const count = yield* this.#countOf(block);
        if (skip >= count) {
          skip -= count;
          continue;
        }
      }
      const room = limit - found.length;
      const children = yield* this.#children(block);
      const { lo, hi } = block;
      found.push(
        ...(children
          ? yield* this.#walk(children, asc, skip, room)
          : yield* this.#rows.uids({ lo, hi, asc, offset: skip, limit: room })),
      );
      skip = 0;
    }
    return found;
  }
}

/** Blocks that follow each other without a gap. */
function runsOf(blocks: readonly Block[]): Block[][] {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const run = runs.at(-1);
    if (run && run.at(-1)?.hi === block.lo - 1) run.push(block);
    else runs.push([block]);
  }
  return runs;
}
