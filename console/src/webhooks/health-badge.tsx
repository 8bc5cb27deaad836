import type { WebhookItem } from '@latchhook/sdk/client';
import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconPlayerPause, IconRefresh } from '@tabler/icons-react';
import { useNow } from '../state/use-now.js';
import { useTexts } from '../texts/use-texts.js';

const LOOK = {
  healthy: { icon: IconCircleCheck, color: 'var(--latch-good)' },
  open: { icon: IconAlertTriangle, color: 'var(--latch-bad)' },
  draining: { icon: IconRefresh, color: 'var(--latch-wait)' },
  disabled: { icon: IconPlayerPause, color: 'var(--mantine-color-dimmed)' },
};

export function healthOf({ status, health }: Pick<WebhookItem, 'status' | 'health'>): keyof typeof LOOK {
  return status === 'disabled' ? 'disabled' : health;
}

/** How a webhook is, since when, and why. */
export function HealthBadge({
  webhook,
}: {
  webhook: Pick<WebhookItem, 'status' | 'health' | 'failing_since' | 'next_probe_at' | 'disabled_reason'>;
}) {
  const { t, fill, relative } = useTexts('webhooks');
  const now = useNow(10_000);
  const health = healthOf(webhook);
  const { icon: Icon, color } = LOOK[health];
  const { failing_since: since, next_probe_at: probe, disabled_reason: reason } = webhook;
  const said =
    health === 'open'
      ? [
          since === null ? null : fill(t.failingSince, { when: relative(since, now) }),
          probe === null ? null : fill(t.nextProbe, { when: relative(Math.max(probe, now), now) }),
        ].filter((one) => one !== null)
      : health === 'disabled' && reason
        ? [t.reasons[reason]]
        : [];
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={17} stroke={1.8} color={color} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm">{t.health[health]}</Text>
        {said.map((one) => (
          // Times are short; a reason may wrap.
          <Text size="xs" c="dimmed" key={one} {...(health === 'open' ? { miw: 'max-content' } : {})}>
            {one}
          </Text>
        ))}
      </div>
    </Group>
  );
}
