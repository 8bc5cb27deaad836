import type { WebhookItem } from '@latchhook/sdk/client';
import { Paper, Table } from '@mantine/core';
import { useEventTypes } from '../events-known/use-event-types.js';
import { SortHeader } from '../list/sort-header.js';
import { useMayChange } from '../session/session.js';
import { useTexts } from '../texts/use-texts.js';
import type { Action, Sort } from './action.js';
import { NO_ACTIVITY, useActivity } from './use-activity.js';
import { WebhookRow } from './webhook-row.js';
import './webhook-table.css';

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
  const { t } = useTexts('webhooks');
  const { types } = useEventTypes();
  const mayChange = useMayChange();
  const activity = useActivity(webhooks.map(({ item_uid }) => item_uid));
  const sorted = (field: Sort['field']) => ({
    asc: sort.field === field ? sort.asc : null,
    onSort: (asc: boolean) => onSort({ field, asc }),
  });

  return (
    <Paper withBorder style={{ overflow: 'hidden', opacity: stale ? 0.6 : 1 }}>
      {/* With their roles, which they would lose as cards on a phone. */}
      <Table
        className="webhook-table"
        role="table"
        verticalSpacing="sm"
        horizontalSpacing="md"
        highlightOnHover
        aria-label={t.title}
      >
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            <SortHeader label={t.fields.url} {...sorted('url')} />
            <Table.Th role="columnheader" visibleFrom="md">
              {t.eventTypes}
            </Table.Th>
            <SortHeader label={t.healthTitle} {...sorted('health')} />
            <Table.Th role="columnheader" visibleFrom="sm">
              {t.last24h}
            </Table.Th>
            <SortHeader label={t.fields.status} visibleFrom="sm" {...sorted('status')} />
            {mayChange && (
              <Table.Th role="columnheader" w={50}>
                <span className="visually-hidden">{t.actions}</span>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.item_uid}
              webhook={webhook}
              activity={activity && (activity[webhook.item_uid] ?? NO_ACTIVITY)}
              eventTypes={types}
              onAction={onAction}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
