import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export function SectionHead({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children?: ReactNode;
}) {
  return (
    <Group justify="space-between" align="flex-start" mb="md" gap="sm">
      <div style={{ flex: '1 1 18rem' }}>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" size="sm" maw={640}>
          {text}
        </Text>
      </div>
      {children}
    </Group>
  );
}
