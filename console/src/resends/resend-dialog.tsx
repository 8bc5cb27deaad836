import type { ResendBody } from '@latchhook/sdk/client';
import { Button, Checkbox, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../client/api.js';
import { useEventTypes } from '../events-known/use-event-types.js';
import { apiNarrowing, type Narrowing } from '../narrowing/narrowing.js';
import { WebhookPicker } from '../narrowing/webhook-picker.js';
import { ErrorState } from '../state/error-state.js';
import { useFocusBack } from '../state/use-focus-back.js';
import { useTexts } from '../texts/use-texts.js';

const ENDS = ['failed', 'expired', 'cancelled', 'delivered'] as const;
type End = (typeof ENDS)[number];
type Mode = 'deliveries' | 'events';
/** A job for each. */
const MOST_WEBHOOKS = 20;

/** Sends what the filter in force finds again: how many that is first, then one job for each webhook. */
export function ResendDialog({
  narrowing,
  onStarted,
  onClose,
}: {
  narrowing: Narrowing;
  /** Told of each that was started. */
  onStarted: (uid: number) => void;
  onClose: () => void;
}) {
  useFocusBack();
  const { t, fill, number, plural } = useTexts('resends');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const [webhooks, setWebhooks] = useState(narrowing.webhook.slice(0, MOST_WEBHOOKS));
  const [mode, setMode] = useState<Mode>('deliveries');
  const [statuses, setStatuses] = useState(() => endsOf(narrowing));
  const [now] = useState(() => Date.now());

  const { event_type, source, from, to } = apiNarrowing(narrowing, now);
  const bodies: ResendBody[] = webhooks.map((webhook_uid) => ({
    webhook_uid,
    mode,
    ...(mode === 'deliveries' ? { statuses } : {}),
    ...(event_type ? { event_types: event_type } : {}),
    ...(source ? { sources: source } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }));
  const complete = webhooks.length > 0 && (mode === 'events' || statuses.length > 0);
  const count = useQuery({
    queryKey: ['resend-count', bodies],
    queryFn: async ({ signal }) => {
      const counts = await Promise.all(
        bodies.map((body) => api.startResend({ ...body, dry_run: true }, { signal })),
      );
      return counts.reduce((sum, { total }) => sum + total, 0);
    },
    placeholderData: keepPreviousData,
    enabled: complete,
    gcTime: 0,
    staleTime: 0,
  });
  const start = useMutation({
    mutationFn: async () => {
      for (const body of bodies) {
        const { item_uid } = await api.startResend(body);
        if (item_uid !== null) onStarted(item_uid);
      }
    },
    // Where one is refused, those before it run.
    onSettled: () => queries.invalidateQueries({ queryKey: ['resends'] }),
    onSuccess: onClose,
  });
  const known = complete && !count.isPlaceholderData ? (count.data ?? null) : null;

  return (
    <Modal
      opened
      onClose={onClose}
      title={t.dialogTitle}
      closeButtonProps={{ 'aria-label': words.close }}
      centered
      size="lg"
    >
      <Stack gap="md">
        <WebhookPicker
          label={t.webhooks}
          size="sm"
          value={webhooks}
          onChange={setWebhooks}
          most={MOST_WEBHOOKS}
          withAsterisk
        />
        <Radio.Group label={t.what} value={mode} onChange={(chosen) => setMode(chosen as Mode)}>
          <Stack gap={6} mt={6}>
            <Radio value="deliveries" label={t.modes.deliveries} />
            <Radio value="events" label={t.modes.events} description={t.eventsText} />
          </Stack>
        </Radio.Group>
        {mode === 'deliveries' && (
          <Checkbox.Group
            label={t.ended}
            value={statuses}
            onChange={(chosen) => setStatuses(ENDS.filter((end) => chosen.includes(end)))}
          >
            <Group gap="md" mt={6}>
              {ENDS.map((end) => (
                <Checkbox key={end} value={end} label={words.status[end]} />
              ))}
            </Group>
          </Checkbox.Group>
        )}
        <FilterSaid types={event_type ?? []} sources={source ?? []} from={from} to={to} />
        {narrowing.event.length > 0 && <Text size="sm">{t.notByEvent}</Text>}
        <div aria-live="polite">
          {count.error && complete && <ErrorState error={count.error} retry={() => void count.refetch()} />}
          {known !== null && (
            <Text fw={600}>
              {known === 0 ? t.nothing : plural(mode === 'events' ? t.countEvents : t.count, known)}
            </Text>
          )}
          {known === null && complete && !count.error && <Text c="dimmed">{t.counting}</Text>}
          {!complete && <Text c="dimmed">{webhooks.length === 0 ? t.chooseWebhook : t.chooseEnd}</Text>}
        </div>
        {start.error && <ErrorState error={start.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            disabled={known === null || known === 0}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {known === null || known === 0 ? t.start : fill(t.startMany, { n: number(known) })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** The rest of the filter in force, in words. */
function FilterSaid({
  types,
  sources,
  from,
  to,
}: {
  types: readonly string[];
  sources: readonly string[];
  from: number | undefined;
  to: number | undefined;
}) {
  const { t, fill, time } = useTexts('resends');
  const { nameOf } = useEventTypes();
  const said = [
    types.length === 0 ? t.allTypes : fill(t.types, { names: types.map(nameOf).join(', ') }),
    sources.length === 0 ? t.allSources : fill(t.sources, { names: sources.join(', ') }),
    from === undefined ? null : fill(t.from, { time: time(from) }),
    to === undefined ? null : fill(t.until, { time: time(to) }),
    from === undefined && to === undefined ? t.anyTime : null,
  ];
  return (
    <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {said.filter((one) => one !== null).join(' · ')}
    </Text>
  );
}

/** What was looked at, where it can be sent again; else what did not arrive. */
function endsOf({ status }: Narrowing): End[] {
  const chosen = ENDS.filter((end) => status.includes(end));
  return chosen.length > 0 ? chosen : ['failed', 'expired'];
}
