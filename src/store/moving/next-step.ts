import { type Mark, type Place, readMark } from './mark.js';
import { MoveRefused, type SideFacts } from './side.js';

const FIRST: Place = { table: 0, after: null, rows: 0 };

interface End {
  name: string;
  facts: SideFacts;
}

/** `begin`: nothing was done; `go on`: from this place; `arrived`: all was, though the source may not know. */
export type NextStep = { kind: 'begin' | 'go on'; place: Place } | { kind: 'arrived' };

/** What is to be done with these two, by what is written in them. @throws MoveRefused */
export function nextStep(source: End, target: End): NextStep {
  if (source.facts.identity === target.facts.identity) {
    throw new MoveRefused(
      `${source.name} and ${target.name} are the same store, or one is a copy of the other`,
    );
  }
  const from = readMark(source.facts.mark);
  const to = readMark(target.facts.mark);
  refuseSource(source.name, from, target.facts.identity);
  const ours = to !== null && to.as === 'target' && to.other === source.facts.identity;
  if (to !== null && to.as === 'target' && !ours) {
    throw new MoveRefused(
      `${target.name} took in another store, from ${to.name}: give a database that is empty`,
    );
  }
  if (to !== null && to.as === 'source') {
    throw new MoveRefused(`${target.name} was moved to ${to.name} itself: give a database that is empty`);
  }
  if (to === null) return { kind: 'begin', place: FIRST };
  // The source is marked first: it was taken back since, and may have gone on.
  if (from?.as !== 'source') {
    throw new MoveRefused(
      `${target.name} holds what was moved from ${source.name} before that was given up: give a database that is empty`,
    );
  }
  return to.state === 'arrived' ? { kind: 'arrived' } : { kind: 'go on', place: to.place };
}

function refuseSource(name: string, from: Mark | null, target: string): void {
  if (from === null) return;
  if (from.as === 'target') {
    if (from.state === 'arrived') return;
    throw new MoveRefused(`${name} is not complete itself: move the rest of ${from.name} into it first`);
  }
  if (from.other !== target && from.state === 'moved') {
    throw new MoveRefused(`${name} was moved to ${from.name} already, and goes on there: move that one`);
  }
  if (from.other !== target) {
    throw new MoveRefused(
      `${name} is being moved to ${from.name}, which is another database: go on with that one, or leave it with ` +
        '--give-up and begin anew with an empty one',
    );
  }
}
