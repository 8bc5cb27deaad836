import { Button, Group, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { CopyButton } from '../state/copy-button.js';
import { useTexts } from '../texts/use-texts.js';
import { prettyJson } from './json-text.js';
import { VisibleText } from './visible-text.js';

/** More than that is shown on demand. */
const MOST_CHARACTERS = 2000;
const MOST_LINES = 40;

const NAMES = {
  /** `name: value` a line */
  headers: /^[^:\n]+(?=:)/gm,
  json: /^ *"(?:[^"\\\n]|\\.)*"(?=: )/gm,
};

/** A body or headers, as they are: JSON over several lines, anything else as text. */
export function TextBlock({ label, text, kind }: { label: string; text: string; kind: 'headers' | 'body' }) {
  const { t, fill } = useTexts('exchange');
  const [all, setAll] = useState(false);
  const pretty = useMemo(() => (kind === 'body' ? prettyJson(text) : null), [text, kind]);
  const whole = pretty ?? text;
  const shown = all ? whole : cut(whole);
  const names = kind === 'headers' ? NAMES.headers : pretty === null ? null : NAMES.json;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={2} wrap="nowrap">
        <Text size="xs" fw={600} c="dimmed">
          {label}
        </Text>
        {text !== '' && <CopyButton text={text} what={label} />}
      </Group>
      {text === '' ? (
        <Text size="sm" c="dimmed">
          {t.empty}
        </Text>
      ) : (
        <pre className="text-block" dir="ltr">
          {names === null ? <VisibleText text={shown} /> : <Named text={shown} names={names} />}
          {shown.length < whole.length && '…'}
        </pre>
      )}
      {shown.length < whole.length && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setAll(true)}>
          {fill(t.showAll, { n: whole.length })}
        </Button>
      )}
    </div>
  );
}

function Named({ text, names }: { text: string; names: RegExp }) {
  const found = [...text.matchAll(names)];
  if (found.length === 0) return <VisibleText text={text} />;
  return found.map(({ 0: name, index }, place) => {
    const end = found[place + 1]?.index ?? text.length;
    return (
      <span key={index}>
        {place === 0 && <VisibleText text={text.slice(0, index)} />}
        <span className="name">
          <VisibleText text={name} />
        </span>
        <VisibleText text={text.slice(index + name.length, end)} />
      </span>
    );
  });
}

function cut(text: string): string {
  const lines = text.slice(0, MOST_CHARACTERS).split('\n', MOST_LINES).join('\n');
  // A character of two halves is not taken apart, and a few more are not worth a button.
  if (text.length - lines.length < 200) return text;
  return lines.replace(/[\ud800-\udbff]$/, '');
}
