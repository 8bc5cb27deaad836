import { Group, Paper, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export function Card({ title, end, children }: { title: string; end?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id} miw={0}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} id={id}>
          {title}
        </Title>
        {end}
      </Group>
      {children}
    </Paper>
  );
}
