import { Button, Group, Switch, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/use-texts.js';

/** Whether the list follows what happens, and how much waits to be shown. */
export function LiveBar({
  live,
  onLive,
  waiting,
  children,
}: {
  live: boolean;
  onLive: (live: boolean) => void;
  waiting: number;
  /** What else there is to say of the list. */
  children?: ReactNode;
}) {
  const { t, plural } = useTexts('narrowing');
  return (
    <Group justify="space-between" gap="xs" mih={34} mb={4}>
      <Group gap="md">
        <Switch
          size="sm"
          label={t.live}
          checked={live}
          onChange={(event) => onLive(event.currentTarget.checked)}
        />
        {waiting > 0 &&
          (live ? (
            <Text size="sm" c="dimmed">
              {plural(t.waiting, waiting)}
            </Text>
          ) : (
            <Button size="compact-sm" variant="light" onClick={() => onLive(true)}>
              {plural(t.showNew, waiting)}
            </Button>
          ))}
      </Group>
      {children}
    </Group>
  );
}
