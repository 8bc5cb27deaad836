import type { WebhookItem } from '@latchhook/sdk/client';
import { Anchor, Badge, Paper, Table, Text } from '@mantine/core';
import { useEventTypes } from '../events-known/use-event-types.js';
import { SortHeader } from '../list/sort-header.js';
import { useMayChange } from '../session/session.js';
import { useTexts } from '../texts/use-texts.js';
import { HealthBadge } from './health-badge.js';
import { Sparkline } from './sparkline.js';
import { NO_ACTIVITY, useActivity } from './use-activity.js';
import { WebhookMenu } from './webhook-menu.js';

export type Action = 'edit' | 'test' | 'enable' | 'disable' | 'delete';

export interface Sort {
  field: 'item_uid' | 'url' | 'health' | 'status';
  asc: boolean;
}

export function WebhookTable({
  webhooks,
  stale,
  sort,
  onSort,
  onAction,
}: {
  webhooks: readonly WebhookItem[];
  stale: boolean;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onAction: (action: Action, webhook: WebhookItem) => void;
}) {
  const { t, fill, plural } = useTexts('webhooks');
  const { nameOf } = useEventTypes();
  const mayChange = useMayChange();
  const activity = useActivity(webhooks.map(({ item_uid }) => item_uid));
  const sorted = (field: Sort['field']) => ({
    asc: sort.field === field ? sort.asc : null,
    onSort: (asc: boolean) => onSort({ field, asc }),
  });

  return (
    <Paper withBorder style={{ overflow: 'hidden', opacity: stale ? 0.6 : 1 }}>
      <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover aria-label={t.title}>
        <Table.Thead>
          <Table.Tr>
            <SortHeader label={t.fields.url} {...sorted('url')} />
            <Table.Th visibleFrom="md">{t.eventTypes}</Table.Th>
            <SortHeader label={t.healthTitle} {...sorted('health')} />
            <Table.Th visibleFrom="sm">{t.last24h}</Table.Th>
            <SortHeader label={t.fields.status} visibleFrom="xs" {...sorted('status')} />
            {mayChange && (
              <Table.Th w={50}>
                <span className="visually-hidden">{t.actions}</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {webhooks.map((webhook) => {
            const { item_uid: uid, url, description, event_types: types, status } = webhook;
            const did = activity?.get(uid) ?? NO_ACTIVITY;
            return (
              <Table.Tr key={uid}>
                <Table.Td maw={380}>
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
                <Table.Td visibleFrom="md" maw={240}>
                  <Text size="sm">{plural(t.eventTypesCount, types.length)}</Text>
                  <Text size="xs" c="dimmed" lineClamp={1} title={types.map(nameOf).join(', ')}>
                    {types.slice(0, 3).map(nameOf).join(', ')}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <HealthBadge webhook={webhook} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  {activity && (
                    <Sparkline
                      activity={did}
                      label={fill(t.activity, {
                        delivered: did.delivered,
                        failed: did.failed,
                        open: did.open,
                      })}
                    />
                  )}
                </Table.Td>
                <Table.Td visibleFrom="xs">
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
                  <Table.Td p={4}>
                    <WebhookMenu webhook={webhook} onAction={onAction} />
                  </Table.Td>
                )}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
