import type { EventType } from '../event-types.js';

/** How the log names an event type: `door_was_opened` for `log.door_was_opened`. */
export type LogKey = EventType extends `log.${infer Key}` ? Key : never;

/**
 * The texts of one language.
 *
 * A sentence says some of the members of an event's data, each within brackets: `Wrong code[ {number}] was
 * entered`. A piece in brackets goes when the data has no such member, so what is left must be a sentence too,
 * and the first word stands outside of brackets for its capital letter.
 */
export interface Language {
  /** What follows the sentence: one piece for each member, said where the sentence does not say it itself. */
  readonly rest: string;
  readonly events: { readonly [Key in LogKey]: readonly [name: string, sentence: string] };
}
