import type { KeyBody } from '@latchhook/sdk/client';
import { Group, Stack, Text } from '@mantine/core';
import { SERVER_URL } from '../base.js';
import { CopyButton } from '../state/copy-button.js';
import { useTexts } from '../texts/use-texts.js';
import { curlOfKey } from './curl-of-key.js';
import './made-key.css';

/** A key that was made just now, and cannot be seen again; and a line that tries it. */
export function MadeKey({ value, scopes }: { value: string; scopes: KeyBody['scopes'] }) {
  const { t } = useTexts('keys');
  const reads = !scopes.some((scope) => scope !== 'read');
  return (
    <Stack gap="md">
      <Copied label={t.theKey} text={value} below={t.onceText} />
      <Copied
        label={reads ? t.curlReads : t.curlReports}
        text={curlOfKey(SERVER_URL, value, scopes)}
        name={t.curlLine}
      />
    </Stack>
  );
}

function Copied({
  label,
  text,
  below,
  name = label,
}: {
  label: string;
  text: string;
  below?: string;
  /** What the button copies, where the label is a sentence. */
  name?: string;
}) {
  return (
    <div>
      <Group justify="space-between" wrap="nowrap" gap="xs" mb={2}>
        <Text size="sm" fw={550}>
          {label}
        </Text>
        <CopyButton text={text} what={name} />
      </Group>
      <pre className="shown-once" dir="ltr">
        {text}
      </pre>
      {below && (
        <Text size="sm" c="dimmed" mt={4}>
          {below}
        </Text>
      )}
    </div>
  );
}
