import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { TextBlock } from '../readable/text-block.js';
import { VisibleText } from '../readable/visible-text.js';
import { useTexts } from '../texts/use-texts.js';
import type { KnownEvent } from './use-event.js';

/** What happened, where and when, and what the panel said of it. */
export function EventFacts({ event, title }: { event: KnownEvent; title?: ReactNode }) {
  const { t, time } = useTexts('events');
  const facts: [string, ReactNode][] = [
    [t.facts.type, event.event_type],
    [t.facts.source, event.source === null ? null : <VisibleText text={event.source} />],
    [t.facts.happened, time(event.created_at)],
    [t.facts.accepted, time(event.accepted_at)],
  ];
  return (
    <Paper withBorder p="md" component="section" aria-label={t.event}>
      <Stack gap="sm">
        {title}
        <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" component="dl" m={0}>
          {facts.map(
            ([name, value]) =>
              value !== null && (
                <div key={name}>
                  <Text component="dt" size="xs" c="dimmed">
                    {name}
                  </Text>
                  <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>
                    {value}
                  </Text>
                </div>
              ),
          )}
        </SimpleGrid>
        <TextBlock label={t.facts.data} text={event.data} kind="body" />
      </Stack>
    </Paper>
  );
}
