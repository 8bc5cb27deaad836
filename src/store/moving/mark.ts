import { createHash } from 'node:crypto';
import type { Cell } from './side.js';
import { MoveRefused } from './side.js';

/** Under this name a store keeps what is written in it of a move. */
export const MARK = 'move';

/** How far the target is: which table, the key of the row that was moved last, and how many of it were. */
export interface Place {
  table: number;
  after: Cell[] | null;
  rows: number;
}

/** `other`, `name`: the identity of the store at the other end, and what people know it by. */
export type Mark = { other: string; name: string } & (
  | { as: 'source'; state: 'moving' | 'moved' }
  | { as: 'target'; state: 'moving'; place: Place }
  | { as: 'target'; state: 'arrived' }
);

export function readMark(text: string | null): Mark | null {
  return text === null ? null : (JSON.parse(text) as Mark);
}

export function writeMark(mark: Mark): string {
  return JSON.stringify(mark);
}

/** A store was moved away, or is not complete: nobody may work on it. */
export class StoreMoved extends Error {
  override readonly name = 'StoreMoved';
}

/** @throws StoreMoved, for who would work on the store */
export function refuseMoved(text: string | null): void {
  const mark = readMark(text);
  if (!mark || mark.state === 'arrived') return;
  if (mark.as === 'target') {
    throw new StoreMoved(
      `a store is being moved into this database and is not complete: run latchhook migrate-store from ${mark.name} ` +
        'again to go on (docs/moving.md)',
    );
  }
  throw new StoreMoved(
    mark.state === 'moved'
      ? `this store was moved to ${mark.name} and goes on there: started here too, what was owed would be sent ` +
          'twice; latchhook migrate-store --give-up takes it back (docs/moving.md)'
      : `this store is being moved to ${mark.name}: run latchhook migrate-store again to go on, or with --give-up ` +
          'to leave it here (docs/moving.md)',
  );
}

/** By the check value of its key, which is another in each store. */
export function identityOf(keyCheck: string): string {
  return createHash('sha256').update(keyCheck).digest('hex').slice(0, 16);
}

/** A move needs every table to be known on both sides. @throws MoveRefused */
export function refuseOtherSchema(
  as: 'source' | 'target',
  { found, known, name }: { found: number; known: number; name: string },
): void {
  if (as === 'target') {
    if (found === 0 || found === known) return;
    throw new MoveRefused(
      `${name} has schema ${found}, this release has ${known}: give a database that is empty, or go on with the ` +
        'release that began',
    );
  }
  if (found === 0) throw new MoveRefused(`there is no store of Latchhook in ${name}`);
  if (found < known) {
    throw new MoveRefused(
      `${name} has schema ${found}, this release has ${known}: start this release on it once, which brings it up ` +
        'to date, stop it, and move it then',
    );
  }
  if (found > known) {
    throw new MoveRefused(
      `${name} has schema ${found}, this release knows up to ${known}: move it with the release that runs on it`,
    );
  }
}
