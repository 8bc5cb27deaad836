import type { DeliveryStatus } from '@latchhook/sdk/client';
import {
  IconBan,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconHourglassOff,
  IconPlayerPause,
  IconRefresh,
} from '@tabler/icons-react';
import '../list/mark.css';
import { useTexts } from '../texts/use-texts.js';

const LOOK = {
  pending: { icon: IconClock, color: 'var(--latch-accent)' },
  retrying: { icon: IconRefresh, color: 'var(--latch-wait)' },
  delivered: { icon: IconCircleCheck, color: 'var(--latch-good)' },
  failed: { icon: IconCircleX, color: 'var(--latch-bad)' },
  cancelled: { icon: IconBan, color: 'var(--mantine-color-dimmed)' },
  expired: { icon: IconHourglassOff, color: 'var(--latch-bad)' },
  held: { icon: IconPlayerPause, color: 'var(--latch-held)' },
} as const satisfies Record<DeliveryStatus, unknown>;

export const STATUSES = Object.keys(LOOK) as DeliveryStatus[];

/** An icon and a word. */
export function DeliveryStatusMark({ status }: { status: DeliveryStatus }) {
  const { t } = useTexts('frame');
  const { icon: Icon, color } = LOOK[status];
  return (
    <span className="mark">
      <Icon size={16} stroke={2} color={color} aria-hidden />
      {t.status[status]}
    </span>
  );
}
