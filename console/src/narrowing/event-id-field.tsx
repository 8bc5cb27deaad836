import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { readUid } from './narrowing.js';

/** One id or several; it counts on Enter, and on leaving the field. */
export function EventIdField({ value, onChange }: { value: number[]; onChange: (value: number[]) => void }) {
  const { t } = useTexts('narrowing');
  const known = value.join(', ');
  const [typed, setTyped] = useState(known);
  const ids = typed.split(/[\s,;]+/).filter((one) => one !== '');
  const read = ids.map(readUid).filter((id) => id !== null);
  const wrong = read.length < ids.length;
  const apply = () => {
    if (!wrong && read.join(', ') !== known) onChange(read);
  };
  return (
    <TextInput
      label={t.event}
      size="xs"
      inputMode="numeric"
      autoComplete="off"
      placeholder={t.eventPlaceholder}
      value={typed}
      error={wrong && t.wrongEvent}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
