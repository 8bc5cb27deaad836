import { HOUR_MS, MINUTE_MS, MINUTES_KEPT_MS } from './statistics.js';

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

function down(at: number, unit: number): number {
  return at - (at % unit);
}
