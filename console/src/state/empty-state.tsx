import { Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Says that there is nothing here, and offers what to do about it. */
export function EmptyState({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <Paper withBorder p="xl">
      <Stack align="center" gap="sm" py="lg">
        <Text c="dimmed" ta="center" maw={460}>
          {text}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}
