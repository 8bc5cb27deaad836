import type { WebhookItem } from '@latchhook/sdk/client';
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';
import { useTexts } from '../texts/use-texts.js';
import './first-run.css';
import { firstSteps } from './first-steps.js';
import { ReportStep } from './report-step.js';
import { Step } from './step.js';
import { TestStep } from './test-step.js';
import { useFirstDelivery } from './use-first-delivery.js';
import { ExistingWebhook, WebhookStep } from './webhook-step.js';

/** The way to the first webhook and the first delivered event, as a part of the page. */
export default function FirstRun() {
  const { t } = useTexts('first-run');
  const api = useApi();
  const [secret, setSecret] = useState<string | null>(null);
  const [tested, setTested] = useState(false);
  const { data } = useQuery({
    queryKey: ['webhooks', 'first'],
    queryFn: async ({ signal }) => {
      const { list_items } = await api.listWebhooks({ limit: 1, cursor: '' }, { signal });
      return { webhook: list_items[0] ?? null };
    },
  });
  const delivery = useFirstDelivery();
  if (!data) return null;
  const { webhook } = data;
  const done = webhook !== null && delivery?.status === 'delivered';
  return (
    <Paper withBorder p="lg" mb="md" component="section" aria-labelledby="first-run" className="first-run">
      <Group justify="space-between" align="flex-start" gap="sm" mb="md">
        <div style={{ flex: '1 1 14rem' }}>
          <Title order={2} id="first-run" fz="xl">
            {t.title}
          </Title>
          <Text c="dimmed" size="sm" maw={640}>
            {t.text}
          </Text>
        </div>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-dimmed)"
          size="compact-sm"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => firstSteps.set('hidden')}
        >
          {done ? t.close : t.hide}
        </Button>
      </Group>
      <ol className="steps">
        <Step number={1} title={t.whereTitle} state={webhook ? 'done' : 'current'}>
          {webhook ? (
            <ExistingWebhook webhook={webhook} secret={secret} />
          ) : (
            <WebhookStep onCreated={setSecret} />
          )}
        </Step>
        <Step number={2} title={t.testTitle} state={stateOf(webhook, tested || done)}>
          {webhook && <TestStep webhook={webhook} onTaken={() => setTested(true)} />}
        </Step>
        <Step number={3} title={t.reportTitle} state={stateOf(webhook, done)}>
          {webhook && <ReportStep delivery={delivery} />}
        </Step>
      </ol>
    </Paper>
  );
}

function stateOf(webhook: WebhookItem | null, done: boolean): 'done' | 'current' | 'later' {
  if (webhook === null) return 'later';
  return done ? 'done' : 'current';
}
