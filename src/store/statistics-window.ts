import { HOUR_MS, MINUTE_MS, MINUTES_KEPT_MS } from './statistics.js';

const DAY_MS = 24 * HOUR_MS;

/** What is folded into hours from `now` on; hours before it are whole. */
export function foldedBefore(now: number): number {
  const kept = now - MINUTES_KEPT_MS;
  return kept - (kept % HOUR_MS);
}

/**
 * A window of whole rows, so that it is the same before and after they are folded.
 * @param window ms, both inclusive
 * @returns `to` exclusive; a step of whole hours where the window reaches into them
 */
export function roundedOut(
  window: { from: number; to: number; stepMs: number | null },
  now: number,
): { from: number; to: number; stepMs: number | null } {
  const folded = foldedBefore(now);
  const unit = (at: number) => (at < folded ? HOUR_MS : MINUTE_MS);
  const from = down(window.from, unit(window.from));
  const to = down(window.to, unit(window.to)) + unit(window.to);
  const { stepMs } = window;
  return { from, to, stepMs: stepMs === null ? null : Math.ceil(stepMs / unit(from)) * unit(from) };
}

/**
 * A window in parts that are read one at a time: an hour of minutes, a day of hours. Parts begin where hours do,
 * so that nothing is counted twice when minutes are folded between two of them.
 */
export function* slices(
  window: { from: number; to: number },
  now: number,
): Generator<{ from: number; to: number }> {
  const folded = foldedBefore(now);
  for (let from = window.from; from < window.to; ) {
    const part = from < folded ? DAY_MS : HOUR_MS;
    const end = from < folded ? Math.min(window.to, folded) : window.to;
    const to = Math.min(end, down(from, part) + part);
    yield { from, to };
    from = to;
  }
}

function down(at: number, unit: number): number {
  return at - (at % unit);
}
