import { Button, Group, Text } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import '../../state/dialog-actions.css';
import { useMayChange } from '../../session/session.js';
import { useTexts } from '../../texts/use-texts.js';

/** What can be done with what was typed; `asks` when one was about to lose it. */
export function EditorActions({
  submit,
  pending,
  asks,
  onKeep,
  onClose,
}: {
  /** What the button says that saves. */
  submit: string;
  pending: boolean;
  asks: boolean;
  onKeep: () => void;
  onClose: () => void;
}) {
  const { t: words } = useTexts('frame');
  const mayChange = useMayChange();
  return (
    <div className="dialog-actions">
      {asks ? (
        <Unsaved onKeep={onKeep} onDiscard={onClose} />
      ) : (
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {mayChange ? words.cancel : words.close}
          </Button>
          {mayChange && (
            <Button type="submit" loading={pending}>
              {submit}
            </Button>
          )}
        </Group>
      )}
    </div>
  );
}

function Unsaved({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const { t } = useTexts('webhooks');
  const keep = useRef<HTMLButtonElement>(null);
  // As soon as it can be seen: the next key must not go to the field behind it.
  useLayoutEffect(() => keep.current?.focus(), []);
  return (
    <Group justify="flex-end" gap="xs">
      <Text size="sm" fw={600} flex="1 1 12rem" role="alert">
        {t.unsaved}
      </Text>
      <Button variant="default" onClick={onDiscard}>
        {t.discard}
      </Button>
      <Button ref={keep} onClick={onKeep}>
        {t.keepEditing}
      </Button>
    </Group>
  );
}
