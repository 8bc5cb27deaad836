import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { ErrorState } from './error-state.js';
import { useFocusBack } from './use-focus-back.js';

/** Asks before something is done, and stays open while it is done, or when it was refused. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  dismiss,
  danger = false,
  pending,
  error,
  onConfirm,
  onClose,
}: {
  title: string;
  children: ReactNode;
  /** What the button says. */
  confirm: string;
  /** What the other one says; default: Cancel, which would not do where something is cancelled. */
  dismiss?: string;
  danger?: boolean;
  pending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
}) {
  useFocusBack();
  const { t } = useTexts('frame');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t.close }} centered>
      <Stack gap="md">
        {children}
        {error && <ErrorState error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {dismiss ?? t.cancel}
          </Button>
          <Button color={danger ? 'red.8' : 'latch'} loading={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
