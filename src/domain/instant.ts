/** A number below this is seconds: as milliseconds it would be a time before March 1973. */
const SECONDS_BELOW = 1e11;

/** An instant as clients give it, an integer from 0, in ms since 1970. */
export function instantOf(given: number): number {
  return given < SECONDS_BELOW ? given * 1000 : given;
}
