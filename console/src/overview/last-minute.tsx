import { Group } from '@mantine/core';
import { useConnectionLost } from '../client/connection.js';
import { usePulse } from '../live/pulse.js';
import { useTexts } from '../texts/use-texts.js';

/** What the stream told in the last minute. */
export function LastMinute() {
  const { t, fill, plural } = useTexts('overview');
  const { accepted, delivered, failedAttempts } = usePulse();
  const lost = useConnectionLost();
  return (
    <Group component="span" gap={8} wrap="nowrap" className="figures">
      <span className="live-dot" data-lost={lost || undefined} aria-hidden />
      {fill(t.lastMinute, {
        events: plural(t.eventsIn, accepted),
        delivered: plural(t.deliveredOut, delivered),
        failed: plural(t.failedAttempts, failedAttempts),
      })}
    </Group>
  );
}
