import type { AttemptEntry } from '@latchhook/sdk/client';
import { Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconCheck, IconCircleCheck, IconCircleX, IconTerminal2 } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { TextBlock } from '../readable/text-block.js';
import { VisibleText } from '../readable/visible-text.js';
import { copyText } from '../state/copy-button.js';
import { useTexts } from '../texts/use-texts.js';
import { curlLine } from './curl.js';

const COPIED_MS = 1500;

/** What was sent and what came back, side by side. Nothing of it is trusted. */
export function Exchange({
  url,
  body,
  attempt,
  order = 3,
}: {
  url: string;
  /** The body as it was sent; null: it is being read. */
  body: string | null;
  attempt: AttemptEntry;
  /** Of the headings. */
  order?: 2 | 3 | 4;
}) {
  const { t, duration } = useTexts('exchange');
  const { request_headers: sent, response_headers: received, response_body: answer } = attempt;
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Side
        title={t.request}
        order={order}
        end={sent !== null && body !== null && <CopyCurl line={curlLine({ url, headers: sent, body })} />}
      >
        <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
          POST <VisibleText text={url} />
        </Text>
        {sent === null && (
          <Text size="sm" c="dimmed">
            {t.unrecorded}
          </Text>
        )}
        {sent !== null && <TextBlock label={t.headers} text={sent} kind="headers" />}
        {sent?.includes('***') && (
          <Text size="xs" c="dimmed">
            {t.masked}
          </Text>
        )}
        {body !== null && <TextBlock label={t.body} text={body} kind="body" />}
        {attempt.resent && <Text size="sm">{t.resent}</Text>}
      </Side>
      <Side title={t.answer} order={order}>
        <Group gap={6}>
          {attempt.error === null ? (
            <IconCircleCheck size={17} color="var(--latch-good)" aria-hidden />
          ) : (
            <IconCircleX size={17} color="var(--latch-bad)" aria-hidden />
          )}
          {attempt.response_status !== null && (
            <Text size="sm" fw={650}>
              {attempt.response_status}
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {duration(attempt.duration_ms)}
          </Text>
        </Group>
        {attempt.error !== null && attempt.error !== `HTTP ${attempt.response_status}` && (
          <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
            <VisibleText text={attempt.error} />
          </Text>
        )}
        {attempt.note !== null && (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t.note} <VisibleText text={attempt.note} />
          </Text>
        )}
        {received === null && answer === null && (
          <Text size="sm" c="dimmed">
            {t.noAnswer}
          </Text>
        )}
        {received !== null && <TextBlock label={t.headers} text={received} kind="headers" />}
        {answer !== null && <TextBlock label={t.body} text={answer} kind="body" />}
      </Side>
    </SimpleGrid>
  );
}

function Side({
  title,
  order,
  end,
  children,
}: {
  title: string;
  order: 2 | 3 | 4;
  end?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Paper component="section" aria-label={title} bg="transparent" miw={0}>
      <Group justify="space-between" gap="xs" mb="xs" mih={30} wrap="nowrap">
        <Title order={order} size="sm">
          {title}
        </Title>
        {end}
      </Group>
      <Stack gap="xs">{children}</Stack>
    </Paper>
  );
}

function CopyCurl({ line }: { line: string }) {
  const { t } = useTexts('exchange');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await copyText(line);
    setCopied(true);
    setTimeout(() => setCopied(false), COPIED_MS);
  };
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconTerminal2 size={14} aria-hidden />}
      onClick={() => void copy()}
    >
      {copied ? t.copied : t.copyCurl}
    </Button>
  );
}
