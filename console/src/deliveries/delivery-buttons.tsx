import type { DeliveryItem } from '@latchhook/sdk/client';
import { Button, Text } from '@mantine/core';
import { IconBan, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useMayChange } from '../session/session.js';
import { ConfirmDialog } from '../state/confirm-dialog.js';
import { useTexts } from '../texts/use-texts.js';
import { isOpen } from './is-open.js';
import { useOrders } from './use-orders.js';

/** What can be done about a delivery by who may; nothing that would be refused. */
export function DeliveryButtons({
  delivery,
  size = 'sm',
}: {
  delivery: DeliveryItem;
  size?: 'sm' | 'compact-sm';
}) {
  const { t, fill } = useTexts('delivery');
  const mayChange = useMayChange();
  const [asks, setAsks] = useState(false);
  const { send, cancel } = useOrders(delivery);
  // Nobody is owed a test.
  if (!mayChange || delivery.test) return null;
  const open = isOpen(delivery);
  const name = fill(t.title, { id: String(delivery.item_uid) });
  return (
    <>
      {delivery.status !== 'held' && delivery.reason !== 'webhook-deleted' && (
        <Button
          size={size}
          variant={size === 'sm' && !open && delivery.status !== 'delivered' ? 'filled' : 'default'}
          leftSection={<IconSend size={15} aria-hidden />}
          loading={send.isPending}
          onClick={() => send.mutate()}
          aria-label={size === 'sm' ? undefined : `${open ? t.sendNow : t.resend}: ${name}`}
        >
          {open ? t.sendNow : t.resend}
        </Button>
      )}
      {open && (
        <Button
          size={size}
          variant="default"
          leftSection={<IconBan size={15} aria-hidden />}
          onClick={() => setAsks(true)}
          aria-label={size === 'sm' ? undefined : `${t.cancel}: ${name}`}
        >
          {t.cancel}
        </Button>
      )}
      {asks && (
        <ConfirmDialog
          title={t.cancelTitle}
          confirm={t.cancelConfirm}
          danger
          dismiss={t.keep}
          pending={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate(undefined, { onSuccess: () => setAsks(false) })}
          onClose={() => setAsks(false)}
        >
          <Text size="sm">{t.cancelText}</Text>
        </ConfirmDialog>
      )}
    </>
  );
}
