import type { Activity } from './use-activity.js';

const WIDTH = 120;
const HEIGHT = 28;
const GAP = 1;

/** A bar for each of 24 hours: what was delivered, what failed on top of it. `label` says it in words. */
export function Sparkline({ activity, label }: { activity: Activity; label: string }) {
  const { hours } = activity;
  const highest = Math.max(1, ...hours.map(({ delivered, failed, open }) => delivered + failed + open));
  const width = WIDTH / hours.length - GAP;
  return (
    <svg role="img" aria-label={label} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`}>
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--latch-line)" />
      {hours.map(({ delivered, failed, open }, hour) => {
        const x = hour * (width + GAP);
        const height = (count: number) => (count === 0 ? 0 : Math.max(2, (count / highest) * (HEIGHT - 2)));
        const [good, bad, wait] = [height(delivered), height(failed), height(open)];
        return (
          <g key={hour}>
            <rect x={x} width={width} y={HEIGHT - good} height={good} fill="var(--latch-good)" />
            <rect x={x} width={width} y={HEIGHT - good - bad} height={bad} fill="var(--latch-bad)" />
            <rect x={x} width={width} y={HEIGHT - good - bad - wait} height={wait} fill="var(--latch-wait)" />
          </g>
        );
      })}
    </svg>
  );
}
