import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTexts } from '../texts/use-texts.js';
import type { CursorPages } from './use-cursor-pages.js';

export function Pager({ pages }: { pages: CursorPages<unknown> }) {
  const { t, fill } = useTexts('frame');
  const { page, last, next, previous } = pages;
  if (page === 1 && next === null) return null;
  return (
    <Group component="nav" aria-label={t.paging} justify="flex-end" gap="xs" mt="sm">
      <Button
        variant="default"
        size="xs"
        disabled={previous === null}
        onClick={() => previous?.()}
        leftSection={<IconChevronLeft size={14} aria-hidden />}
      >
        {t.previous}
      </Button>
      <Text size="sm" c="dimmed" aria-live="polite">
        {last === undefined ? fill(t.pageNumber, { n: page }) : fill(t.pageOf, { n: page, all: last })}
      </Text>
      <Button
        variant="default"
        size="xs"
        disabled={next === null}
        onClick={() => next?.()}
        rightSection={<IconChevronRight size={14} aria-hidden />}
      >
        {t.next}
      </Button>
    </Group>
  );
}
