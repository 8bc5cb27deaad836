import type { Activity, Hour } from './use-activity.js';

const WIDTH = 120;
const HEIGHT = 28;
const GAP = 1;
/** So that one of thousands is seen. */
const LEAST = 2;

/** From below. */
const PARTS = [
  ['delivered', 'var(--latch-good)'],
  ['failed', 'var(--latch-bad)'],
  ['open', 'var(--latch-wait)'],
] as const satisfies readonly (readonly [part: keyof Hour, color: string])[];

/** A bar for each of 24 hours: what was delivered, what failed on top of it. `label` says it in words. */
export function Sparkline({ activity, label }: { activity: Activity; label: string }) {
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--latch-line)" />
      {PARTS.map(([part, color], index) => {
        const path = barsOf(activity, index);
        return path === '' ? null : <path key={part} d={path} fill={color} />;
      })}
    </svg>
  );
}

/** All bars of a part as one path: fifty pictures of seventy elements each would be slow. */
function barsOf({ hours }: Activity, part: number): string {
  const highest = Math.max(1, ...hours.map(({ delivered, failed, open }) => delivered + failed + open));
  const width = WIDTH / hours.length - GAP;
  const height = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / highest) * (HEIGHT - LEAST)));
  let path = '';
  hours.forEach((hour, at) => {
    const heights = PARTS.map(([name]) => height(hour[name]));
    const own = heights[part] ?? 0;
    if (own === 0) return;
    const below = heights.slice(0, part).reduce((sum, one) => sum + one, 0);
    path += `M${at * (width + GAP)} ${HEIGHT - below}h${width}v${-own}h${-width}z`;
  });
  return path;
}
