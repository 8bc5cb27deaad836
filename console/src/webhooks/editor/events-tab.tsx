import type { EventType } from '@latchhook/sdk/client';
import { Button, Checkbox, Group, Input, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useEventTypes } from '../../events-known/use-event-types.js';
import { Loading } from '../../state/loading.js';
import { useTexts } from '../../texts/use-texts.js';
import type { Fields } from './fields.js';

/** As a panel files its log. */
const CATEGORIES = ['access', 'emergency', 'info', 'system'] as const;

/** The event types by category, found by their names in this language or by their keys. */
export function EventsTab({ draft, change, errorAt, readOnly }: Fields) {
  const { t, fill } = useTexts('webhooks');
  const { types } = useEventTypes();
  const [search, setSearch] = useState('');
  if (!types) return <Loading />;

  const chosen = new Set(draft.event_types);
  const sought = search.trim().toLowerCase();
  const found = types.filter(
    ({ event_type, text }) => text.toLowerCase().includes(sought) || event_type.includes(sought),
  );
  /** In the API's order, whatever the order of clicks. */
  const choose = (wanted: ReadonlySet<string>) =>
    change({
      event_types: types.map((one) => one.event_type).filter((one) => wanted.has(one)) as EventType[],
    });
  const error = errorAt('event_types');

  return (
    <Stack gap="md" data-field="event_types">
      <Group justify="space-between" align="flex-end">
        <TextInput
          flex={1}
          maw={360}
          name="event_types"
          label={t.searchEvents}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          aria-invalid={error !== null}
          onChange={(event) => setSearch(event.currentTarget.value)}
          // Enter would save the webhook.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
        />
        <Text size="sm" c="dimmed" aria-live="polite">
          {fill(t.chosen, { n: chosen.size, all: types.length })}
        </Text>
      </Group>
      {error && <Input.Error role="alert">{error}</Input.Error>}
      {found.length === 0 && <Text c="dimmed">{t.noEventTypes}</Text>}
      {CATEGORIES.map((category) => {
        const own = found.filter((one) => one.category === category);
        if (own.length === 0) return null;
        const all = own.every(({ event_type }) => chosen.has(event_type as EventType));
        const names = own.map(({ event_type }) => event_type);
        return (
          <Stack key={category} gap="xs" component="fieldset" m={0} p={0} bd="none">
            <Group component="legend" justify="space-between" w="100%" p={0}>
              <Text fw={600} size="sm">
                {t.categories[category]}
              </Text>
              {!readOnly && (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() =>
                    choose(
                      all
                        ? new Set([...chosen].filter((one) => !names.includes(one)))
                        : new Set([...chosen, ...names]),
                    )
                  }
                >
                  {all ? t.noneOf : t.allOf}
                  <Text span inherit className="visually-hidden">
                    {` ${t.categories[category]}`}
                  </Text>
                </Button>
              )}
            </Group>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs" verticalSpacing={6}>
              {own.map(({ event_type, text }) => (
                <Checkbox
                  key={event_type}
                  size="sm"
                  label={text}
                  description={event_type.replace(/^log\./, '')}
                  checked={chosen.has(event_type as EventType)}
                  disabled={readOnly}
                  onChange={(event) => {
                    const wanted = new Set<string>(chosen);
                    if (event.currentTarget.checked) wanted.add(event_type);
                    else wanted.delete(event_type);
                    choose(wanted);
                  }}
                />
              ))}
            </SimpleGrid>
          </Stack>
        );
      })}
    </Stack>
  );
}
