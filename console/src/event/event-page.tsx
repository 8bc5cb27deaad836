import { Anchor, Button, Stack, Title } from '@mantine/core';
import { Link, useParams } from 'wouter';
import { useEventTypes } from '../events-known/use-event-types.js';
import { PageHead } from '../frame/page-head.js';
import { readUid } from '../narrowing/narrowing.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import { DeliveriesOf } from './deliveries-of.js';
import { EventFacts } from './event-facts.js';
import { isUnknown, useEvent } from './use-event.js';

export default function EventPage() {
  useAllTexts('events', 'deliveries', 'delivery', 'exchange');
  const { t, fill } = useTexts('events');
  const { nameOf } = useEventTypes();
  const params = useParams<{ event_id: string }>();
  const eventId = readUid(params.event_id);
  const { data: event, error, refetch } = useEvent(eventId ?? undefined);

  if (eventId === null || isUnknown(error)) {
    return (
      <>
        <PageHead title={t.unknown} />
        <EmptyState text={t.unknownText}>
          <Anchor component={Link} href="/events">
            {t.back}
          </Anchor>
        </EmptyState>
      </>
    );
  }
  const title = fill(t.oneTitle, { id: params.event_id });
  if (!event) {
    return (
      <>
        <PageHead title={title} />
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading />}
      </>
    );
  }
  return (
    <>
      <PageHead title={title} text={nameOf(event.event_type)} />
      <Stack gap="md">
        <EventFacts event={event} />
        <section aria-label={t.columns.deliveries}>
          <Title order={2} mb="xs">
            {t.columns.deliveries}
          </Title>
          {event.delivery_count === 0 ? (
            <EmptyState text={t.unmatchedText}>
              <Button component={Link} href="/webhooks" variant="default">
                {t.toWebhooks}
              </Button>
            </EmptyState>
          ) : (
            <DeliveriesOf eventId={eventId} />
          )}
        </section>
      </Stack>
    </>
  );
}
