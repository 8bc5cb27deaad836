import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTexts } from '../../texts/use-texts.js';
import { headerRow } from './draft.js';
import { headerFault } from './faults.js';
import type { Fields } from './fields.js';

export function HeadersTab({ draft, change, errorAt, readOnly }: Fields) {
  const { t, fill } = useTexts('webhooks');
  const { headers } = draft;
  const error = errorAt('headers');
  const set = (index: number, changed: { name?: string; value?: string }) =>
    change({ headers: headers.map((row, at) => (at === index ? { ...row, ...changed } : row)) });

  return (
    <Stack gap="sm" data-field="headers">
      <Text size="sm" c="dimmed">
        {t.hints.headers}
      </Text>
      {headers.map((row, index) => {
        // A row that was added just now is not wrong yet.
        const fault = row.name === '' && row.value === '' && !error ? null : headerFault(headers, index);
        return (
          <Group key={row.key} gap="xs" align="flex-start" wrap="nowrap">
            <TextInput
              flex={2}
              aria-label={fill(t.headerName, { n: index + 1 })}
              placeholder="X-Building"
              autoComplete="off"
              spellCheck={false}
              readOnly={readOnly}
              value={row.name}
              error={fault !== null && fault !== 'value' ? t.headerFaults[fault] : null}
              onChange={(event) => set(index, { name: event.currentTarget.value })}
            />
            <TextInput
              flex={3}
              aria-label={fill(t.headerValue, { n: index + 1 })}
              autoComplete="off"
              spellCheck={false}
              readOnly={readOnly}
              value={row.value}
              error={fault === 'value' ? t.headerFaults.value : null}
              onChange={(event) => set(index, { value: event.currentTarget.value })}
            />
            {!readOnly && (
              <ActionIcon
                variant="subtle"
                color="gray"
                c="var(--mantine-color-dimmed)"
                size={36}
                aria-label={fill(t.removeHeader, { n: index + 1 })}
                onClick={() => change({ headers: headers.filter((_, at) => at !== index) })}
              >
                <IconTrash size={18} />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {headers.length === 0 && <Text size="sm">{t.noHeaders}</Text>}
      {error && <Input.Error role="alert">{error}</Input.Error>}
      {!readOnly && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => change({ headers: [...headers, headerRow()] })}
          >
            {t.addHeader}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
