import type { EventTypes, WebhookItem } from '@latchhook/sdk/client';
import { Anchor, Badge, Table, Text } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'wouter';
import { useMayChange } from '../session/session.js';
import { useTexts } from '../texts/use-texts.js';
import type { Action } from './action.js';
import { HealthBadge } from './health-badge.js';
import { Sparkline } from './sparkline.js';
import type { Activity } from './use-activity.js';
import { WebhookMenu } from './webhook-menu.js';

const NAMED = 12;

/** Drawn again only when something of it has changed: a page has fifty. */
export const WebhookRow = memo(function WebhookRow({
  webhook,
  activity,
  eventTypes,
  onAction,
}: {
  webhook: WebhookItem;
  /** null: it is being read. */
  activity: Activity | null;
  /** null: they are being read. */
  eventTypes: EventTypes | null;
  onAction: (action: Action, webhook: WebhookItem) => void;
}) {
  const { t, fill, plural } = useTexts('webhooks');
  const mayChange = useMayChange();
  const nameOf = (type: string) => eventTypes?.find((one) => one.event_type === type)?.text ?? type;
  const { url, description, event_types: types, status } = webhook;
  return (
    <Table.Tr role="row">
      <Table.Td role="cell" maw={420}>
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={500}
          ta="left"
          style={{ overflowWrap: 'anywhere' }}
          lineClamp={2}
          onClick={() => onAction('edit', webhook)}
        >
          {url}
        </Anchor>
        {description && (
          <Text size="xs" c="dimmed" lineClamp={1}>
            {description}
          </Text>
        )}
      </Table.Td>
      <Table.Td role="cell" visibleFrom="md" maw={200}>
        <Text size="sm">{plural(t.eventTypesCount, types.length)}</Text>
        <Text size="xs" c="dimmed" lineClamp={1} title={types.slice(0, NAMED).map(nameOf).join(', ')}>
          {types.slice(0, 3).map(nameOf).join(', ')}
        </Text>
      </Table.Td>
      <Table.Td role="cell">
        <HealthBadge webhook={webhook} />
      </Table.Td>
      <Table.Td role="cell" visibleFrom="sm">
        {activity && (
          <Link href={`/deliveries?webhook=${webhook.item_uid}`} title={t.showDeliveries}>
            <Sparkline
              activity={activity}
              label={fill(t.activity, {
                delivered: activity.delivered,
                failed: activity.failed,
                open: activity.open,
              })}
            />
          </Link>
        )}
      </Table.Td>
      <Table.Td role="cell" visibleFrom="sm">
        <Badge
          miw="max-content"
          variant="light"
          color={status === 'active' ? 'latch' : 'gray'}
          c="var(--mantine-color-text)"
          tt="none"
        >
          {t.statuses[status]}
        </Badge>
      </Table.Td>
      {mayChange && (
        <Table.Td role="cell" p={4} className="webhook-menu">
          <WebhookMenu webhook={webhook} onAction={onAction} />
        </Table.Td>
      )}
    </Table.Tr>
  );
});
