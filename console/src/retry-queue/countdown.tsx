import { useNow } from '../state/use-now.js';
import { useTexts } from '../texts/use-texts.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** How long it is until then, going down each second. */
export function Countdown({ at }: { at: number }) {
  const { t, fill, relative, time } = useTexts('delivery');
  const now = useNow(1000);
  const left = at - now;
  const said = () => {
    if (left < 1000) return t.now;
    if (left < MINUTE_MS || left >= HOUR_MS) return relative(at, now);
    const seconds = Math.floor((left % MINUTE_MS) / 1000);
    return fill(t.in, { time: `${Math.floor(left / MINUTE_MS)}:${String(seconds).padStart(2, '0')}` });
  };
  return (
    <time dateTime={new Date(at).toISOString()} title={time(at)}>
      {said()}
    </time>
  );
}
