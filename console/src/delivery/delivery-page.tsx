import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'wouter';
import { useApi } from '../client/api.js';
import { DeliveryButtons } from '../deliveries/delivery-buttons.js';
import { DeliveryStatusMark } from '../deliveries/delivery-status.js';
import { EventFacts } from '../event/event-facts.js';
import { bodyOf, isUnknown, useEvent } from '../event/use-event.js';
import { PageHead } from '../frame/page-head.js';
import { readUid } from '../narrowing/narrowing.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import { AttemptTimeline } from './attempt-timeline.js';

export default function DeliveryPage() {
  useAllTexts('delivery', 'events', 'exchange');
  const { t, fill, language } = useTexts('delivery');
  const api = useApi();
  const params = useParams<{ delivery_uid: string }>();
  const uid = readUid(params.delivery_uid);
  const {
    data: delivery,
    error,
    refetch,
  } = useQuery({
    queryKey: ['deliveries', 'one', uid, language],
    queryFn: ({ signal }) => api.getDelivery(uid ?? 0, { locale: language }, { signal }),
    enabled: uid !== null,
  });
  const event = useEvent(delivery?.event_id);
  const title = fill(t.title, { id: params.delivery_uid });

  if (uid === null || isUnknown(error)) {
    return (
      <>
        <PageHead title={t.unknown} />
        <EmptyState text={t.unknownText}>
          <Anchor component={Link} href="/deliveries">
            {t.back}
          </Anchor>
        </EmptyState>
      </>
    );
  }
  if (!delivery) {
    return (
      <>
        <PageHead title={title} />
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading />}
      </>
    );
  }
  return (
    <>
      <PageHead
        title={title}
        text={
          <Text span inherit style={{ overflowWrap: 'anywhere' }}>
            {delivery.event_text} →{' '}
            <Anchor component={Link} href={`/webhooks?edit=${delivery.webhook_uid}`} inherit>
              {delivery.url}
            </Anchor>
          </Text>
        }
      >
        <DeliveryButtons delivery={delivery} />
      </PageHead>
      <Stack gap="md">
        <Group gap="md" aria-live="polite">
          <DeliveryStatusMark status={delivery.status} />
          {delivery.reason !== null && delivery.reason !== 'success' && (
            <Text size="sm" c="dimmed">
              {t.reasons[delivery.reason]}
            </Text>
          )}
          {delivery.status === 'held' && (
            <Text size="sm" c="dimmed">
              {t.whyHeld}
            </Text>
          )}
          {delivery.test && (
            <Text size="sm" c="dimmed">
              {t.isTest}
            </Text>
          )}
        </Group>
        {event.error && <ErrorState error={event.error} retry={() => void event.refetch()} />}
        {event.data && (
          <EventFacts
            event={event.data}
            title={
              <Group justify="space-between">
                <Title order={2}>{fill(t.event, { id: String(delivery.event_id) })}</Title>
                {!delivery.test && (
                  <Anchor component={Link} href={`/events/${delivery.event_id}`} size="sm">
                    {t.allOfEvent}
                  </Anchor>
                )}
              </Group>
            }
          />
        )}
        <AttemptTimeline delivery={delivery} body={event.data ? bodyOf(event.data) : null} />
      </Stack>
    </>
  );
}
