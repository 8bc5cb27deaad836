import { Code, Group, Text } from '@mantine/core';
import { CopyButton } from '../state/copy-button.js';

/** Text as it went over the wire, with its name and a button that copies it. */
export function Block({
  label,
  text,
  copied = text,
}: {
  label: string;
  text: string;
  /** What the button takes, where that is not what is shown. */
  copied?: string;
}) {
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <CopyButton text={copied} what={label} />
      </Group>
      <Code block tabIndex={0} role="region" aria-label={label} className="wire">
        {text}
      </Code>
    </div>
  );
}
