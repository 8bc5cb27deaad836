import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../texts/use-texts.js';
import { type Narrowing, PERIODS, type Period } from './narrowing.js';

type Choice = Period | 'any' | 'custom';

/** When it was accepted: back from now, or from one time to another. */
export function PeriodPicker({
  narrowing: { period, from, to },
  change,
}: {
  narrowing: Narrowing;
  change: (change: Partial<Narrowing>) => void;
}) {
  const { t } = useTexts('narrowing');
  const [custom, setCustom] = useState(false);
  const between = from !== null || to !== null;
  const choice: Choice = period ?? (between || custom ? 'custom' : 'any');
  const choices: Choice[] = ['any', ...(Object.keys(PERIODS) as Period[]), 'custom'];
  const choose = (chosen: Choice) => {
    setCustom(chosen === 'custom');
    const keeps = chosen === 'custom';
    change({
      period: chosen === 'any' || chosen === 'custom' ? null : chosen,
      from: keeps ? from : null,
      to: keeps ? to : null,
    });
  };
  return (
    <>
      <Select
        label={t.time}
        size="xs"
        allowDeselect={false}
        data={choices.map((value) => ({ value, label: t.periods[value] }))}
        value={choice}
        onChange={(chosen) => choose((chosen ?? 'any') as Choice)}
      />
      {choice === 'custom' && (
        <>
          <InstantField
            key={`from ${from}`}
            label={t.from}
            value={from}
            allowed={(value) => to === null || value < to}
            onChange={(value) => change({ from: value })}
          />
          <InstantField
            key={`to ${to}`}
            label={t.to}
            value={to}
            allowed={(value) => from === null || value > from}
            onChange={(value) => change({ to: value })}
          />
        </>
      )}
    </>
  );
}

/** It counts on Enter, and on leaving the field: half a date is none. */
function InstantField({
  label,
  value,
  allowed,
  onChange,
}: {
  label: string;
  value: number | null;
  allowed: (value: number) => boolean;
  onChange: (value: number | null) => void;
}) {
  const { t } = useTexts('narrowing');
  const [typed, setTyped] = useState(() => localTime(value));
  const read = typed === '' ? null : new Date(typed).getTime();
  const wrong = read !== null && !allowed(read);
  const apply = () => {
    if (!wrong && typed !== localTime(value)) onChange(read);
  };
  return (
    <TextInput
      type="datetime-local"
      label={label}
      size="xs"
      max="9999-12-31T23:59"
      value={typed}
      error={wrong && t.wrongTimes}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}

/** As the field of a browser has it, in the time zone of the one who looks. */
function localTime(ms: number | null): string {
  if (ms === null) return '';
  return new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
