import type { ResendItem } from '@latchhook/sdk/client';
import { Anchor, Button, CloseButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';
import { shortUrl } from '../narrowing/short-url.js';
import { useMayChange } from '../session/session.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import type { Resends } from './use-resends.js';

/** The bulk resends with their progress; nothing where there are none. */
export function ResendList({ resends: { current, earlier, dismiss } }: { resends: Resends }) {
  const { t } = useTexts('resends');
  const [open, setOpen] = useState(false);
  const urls = useUrls([...current, ...earlier]);
  if (current.length === 0 && earlier.length === 0) return null;
  return (
    <Stack gap="xs" mb="sm" component="section" aria-label={t.title}>
      {current.map((job) => (
        <Progressing
          key={job.item_uid}
          job={job}
          url={urls(job.webhook_uid)}
          onDismiss={job.state === 'running' ? null : () => dismiss(job.item_uid)}
        />
      ))}
      {earlier.length > 0 && (
        <div>
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {t.earlier}
          </Anchor>
        </div>
      )}
      {open &&
        earlier.map((job) => (
          <Progressing key={job.item_uid} job={job} url={urls(job.webhook_uid)} onDismiss={null} />
        ))}
    </Stack>
  );
}

function Progressing({
  job,
  url,
  onDismiss,
}: {
  job: ResendItem;
  url: string;
  onDismiss: (() => void) | null;
}) {
  const { t, fill, number, time } = useTexts('resends');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const mayChange = useMayChange();
  const cancel = useMutation({
    mutationFn: () => api.cancelResend(job.item_uid),
    onSettled: () => queries.invalidateQueries({ queryKey: ['resends'] }),
  });
  const worked = job.done + job.skipped;
  const percent = job.total === 0 ? 100 : Math.min(100, (worked / job.total) * 100);
  const name = fill(t.to, { url });
  return (
    <Paper withBorder p="sm">
      <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="sm" c="dimmed" className="figures">
            {t.states[job.state]} · {fill(t.progress, { done: job.done, total: job.total })}
            {job.skipped > 0 && ` · ${fill(t.skipped, { n: number(job.skipped) })}`}
            {` · ${fill(t.started, { time: time(job.started_at), who: job.started_by })}`}
          </Text>
        </div>
        {job.state === 'running' && mayChange && (
          <Button
            size="compact-sm"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate()}
            style={{ flexShrink: 0 }}
          >
            {t.cancel}
          </Button>
        )}
        {onDismiss && <CloseButton aria-label={words.close} onClick={onDismiss} />}
      </Group>
      <Progress
        mt="xs"
        value={percent}
        color={job.state === 'cancelled' ? 'gray' : 'latch'}
        aria-label={name}
        transitionDuration={200}
      />
      {cancel.error && <ErrorState error={cancel.error} />}
    </Paper>
  );
}

/** What a webhook is called; by its number once it is deleted. */
function useUrls(jobs: readonly ResendItem[]): (webhookUid: number) => string {
  const api = useApi();
  const uids = [...new Set(jobs.map(({ webhook_uid }) => webhook_uid))].sort((a, b) => a - b);
  const { data } = useQuery({
    queryKey: ['webhooks', 'of-resends', uids],
    queryFn: ({ signal }) => api.listWebhooks({ webhook_uid: uids, cursor: '', limit: 200 }, { signal }),
    placeholderData: keepPreviousData,
    enabled: uids.length > 0,
  });
  const known = new Map(data?.list_items.map(({ item_uid, url }) => [item_uid, shortUrl(url)]));
  return (uid) => known.get(uid) ?? `#${uid}`;
}
