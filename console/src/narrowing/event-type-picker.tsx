import { MultiSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useEventTypes } from '../events-known/use-event-types.js';
import { useTexts } from '../texts/use-texts.js';

const CATEGORIES = ['access', 'emergency', 'info', 'system'] as const;

/** By their names in this language, or by their keys. */
export function EventTypePicker({
  value,
  onChange,
}: {
  value: string[];
  onChange: (value: string[]) => void;
}) {
  const { t } = useTexts('narrowing');
  const { t: words } = useTexts('frame');
  const { types } = useEventTypes();
  const data = useMemo(
    () =>
      CATEGORIES.map((category) => ({
        group: t.categories[category],
        items: (types ?? [])
          .filter((one) => one.category === category)
          .map(({ event_type, text }) => ({ value: event_type, label: text })),
      })),
    [types, t],
  );
  return (
    <MultiSelect
      label={t.type}
      size="xs"
      placeholder={value.length === 0 ? words.all : ''}
      data={types === null ? value : data}
      value={value}
      onChange={onChange}
      searchable
      hidePickedOptions
      nothingFoundMessage={t.nothingFound}
      comboboxProps={{ width: 340, position: 'bottom-start' }}
    />
  );
}
