import { TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';
import { useTexts } from '../texts/use-texts.js';

const MOST_CHARACTERS = 64;
/** Of these the sources are offered; any other can be typed. */
const LATEST_EVENTS = 200;
const KNOWN_FOR_MS = 60_000;

export function SourcePicker({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const { t } = useTexts('narrowing');
  const api = useApi();
  const [used, setUsed] = useState(false);
  const { data: known = [] } = useQuery({
    queryKey: ['sources'],
    queryFn: async ({ signal }) => {
      const { list_items } = await api.listEvents({ cursor: '', limit: LATEST_EVENTS }, { signal });
      return [...new Set(list_items.map(({ source }) => source))].filter((source) => source !== '').sort();
    },
    staleTime: KNOWN_FOR_MS,
    // Nothing is read for a field that nobody uses.
    enabled: used,
  });
  return (
    <TagsInput
      className="narrowing-source"
      label={t.source}
      size="xs"
      placeholder={value.length === 0 ? t.sourcePlaceholder : ''}
      data={known}
      value={value}
      maxLength={MOST_CHARACTERS}
      acceptValueOnBlur
      onChange={onChange}
      onFocus={() => setUsed(true)}
      comboboxProps={{ width: 220, position: 'bottom-start' }}
    />
  );
}
