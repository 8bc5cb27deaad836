import type { WebhookItem } from '@latchhook/sdk/client';
import { Code, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../state/confirm-dialog.js';
import { useTexts } from '../texts/use-texts.js';
import { useStatusChange } from './use-change.js';
import { useOwed } from './use-owed.js';

/** Asks what becomes of that which waits, where something does. */
export function EnableDialog({ webhook, onClose }: { webhook: WebhookItem; onClose: () => void }) {
  const { t, plural } = useTexts('webhooks');
  const held = useOwed(webhook.item_uid, ['held']);
  const [choice, setChoice] = useState<'release' | 'expire'>('release');
  const { mutate, isPending, error } = useStatusChange(webhook, t.enabledDone, onClose);
  return (
    <ConfirmDialog
      title={t.enableTitle}
      confirm={t.enable}
      pending={isPending || held === null}
      error={error}
      onConfirm={() => mutate({ status: 'active', ...(choice === 'expire' ? { held: 'expire' } : {}) })}
      onClose={onClose}
    >
      <Code block>{webhook.url}</Code>
      {held === 0 && <Text size="sm">{t.nothingHeld}</Text>}
      {held !== null && held > 0 && (
        <Radio.Group
          label={plural(t.heldCount, held)}
          value={choice}
          onChange={(chosen) => setChoice(chosen as 'release' | 'expire')}
        >
          <Stack gap="xs" mt="xs">
            <Radio value="release" label={t.release} description={t.releaseText} />
            <Radio value="expire" label={t.expire} description={t.expireText} />
          </Stack>
        </Radio.Group>
      )}
    </ConfirmDialog>
  );
}
