import type { WebhookItem } from '@latchhook/sdk/client';
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconListDetails,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import { useTexts } from '../texts/use-texts.js';
import type { Action } from './action.js';

export function WebhookMenu({
  webhook,
  onAction,
}: {
  webhook: WebhookItem;
  onAction: (action: Action, webhook: WebhookItem) => void;
}) {
  const { t, fill } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const act = (action: Action) => () => onAction(action, webhook);
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="lg"
          aria-label={fill(t.actionsOf, { url: webhook.url })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSend size={16} aria-hidden />} onClick={act('test')}>
          {t.sendTest}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={act('edit')}>
          {t.edit}
        </Menu.Item>
        <Menu.Item
          component={Link}
          href={`/deliveries?webhook=${webhook.item_uid}`}
          leftSection={<IconListDetails size={16} aria-hidden />}
        >
          {t.showDeliveries}
        </Menu.Item>
        {webhook.status === 'active' ? (
          <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={act('disable')}>
            {t.disable}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={act('enable')}>
            {t.enable}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          c="var(--mantine-color-error)"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={act('delete')}
        >
          {words.delete}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
