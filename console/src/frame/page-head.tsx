import { Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** The heading of a page, which is also the title of the document. */
export function PageHead({
  title,
  part,
  text,
  children,
}: {
  title: string;
  /** Of the page, where that has an address of its own; it is named in the document's title. */
  part?: string;
  /** One line below it. */
  text?: ReactNode;
  /** The buttons of the page. */
  children?: ReactNode;
}) {
  useDocumentTitle([part, title, 'Latchhook'].filter((name) => name !== undefined).join(' · '));
  return (
    <Group justify="space-between" align="flex-end" mb="md" gap="sm">
      <div>
        <Title order={1}>{title}</Title>
        {text && (
          <Text c="dimmed" size="sm" mt={2}>
            {text}
          </Text>
        )}
      </div>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
