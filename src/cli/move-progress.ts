import type { Clock } from '../clock.js';
import type { Compared, MoveProgress } from '../store/moving/move.js';

/** Between two lines about one table, ms: on a terminal one line is written anew, elsewhere each is another. */
const EVERY_MS = { terminal: 200, lines: 5_000 };

export const amount = (count: number) => count.toLocaleString('en-US');

/** Tells how far a move is, table by table. */
export class ProgressLines {
  readonly #out: NodeJS.WriteStream;
  readonly #clock: Clock;
  #table = '';
  #begun = { at: 0, moved: 0 };
  #saidAt = Number.NEGATIVE_INFINITY;
  /** On a terminal: how long the line is that is written over. */
  #width = 0;

  constructor(out: NodeJS.WriteStream, clock: Clock) {
    this.#out = out;
    this.#clock = clock;
  }

  tell({ table, moved, total, done }: MoveProgress): void {
    const now = this.#clock.monotonic();
    if (table !== this.#table) {
      this.#table = table;
      this.#begun = { at: now, moved };
      this.#saidAt = this.#out.isTTY ? Number.NEGATIVE_INFINITY : now;
    }
    if (!done && now - this.#saidAt < (this.#out.isTTY ? EVERY_MS.terminal : EVERY_MS.lines)) return;
    this.#saidAt = now;
    const part = total === 0 ? 100 : Math.floor((100 * moved) / total);
    const seconds = (now - this.#begun.at) / 1000;
    const rate = seconds > 0 ? Math.round((moved - this.#begun.moved) / seconds) : 0;
    const counts = `${amount(moved)} of ${amount(total)}`;
    this.#say(`${table.padEnd(16)} ${counts.padStart(26)}  ${part} %  ${amount(rate)} rows/s`, done);
  }

  #say(line: string, last: boolean): void {
    if (!this.#out.isTTY) {
      this.#out.write(`${line}\n`);
      return;
    }
    this.#out.write(`\r${line.padEnd(this.#width)}${last ? '\n' : ''}`);
    this.#width = last ? 0 : line.length;
  }
}

/** The rows at both ends, for people to compare. */
export function comparison(tables: readonly Compared[]): string {
  const rows = tables.map(({ table, source, target }) => {
    const note = source === target ? '' : '  differs';
    return `${table.padEnd(16)} ${amount(source).padStart(14)} ${amount(target).padStart(14)}${note}\n`;
  });
  return `${'table'.padEnd(16)} ${'source'.padStart(14)} ${'target'.padStart(14)}\n${rows.join('')}`;
}
