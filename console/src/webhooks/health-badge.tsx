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
  webhook: Pick<WebhookItem, 'status' | 'health' | 'failing_since' | 'disabled_reason'>;
}) {
  const { t, fill, relative } = useTexts('webhooks');
  const now = useNow(10_000);
  const health = healthOf(webhook);
  const { icon: Icon, color } = LOOK[health];
  const since =
    health === 'open' && webhook.failing_since !== null
      ? fill(t.failingSince, { when: relative(webhook.failing_since, now) })
      : null;
  const why = health === 'disabled' && webhook.disabled_reason ? t.reasons[webhook.disabled_reason] : null;
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={17} stroke={1.8} color={color} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <div>
        <Text size="sm">{t.health[health]}</Text>
        {(since ?? why) && (
          <Text size="xs" c="dimmed">
            {since ?? why}
          </Text>
        )}
      </div>
    </Group>
  );
}
