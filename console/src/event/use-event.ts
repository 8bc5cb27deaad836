import { LatchhookError } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { exact, useExactApi } from '../client/exact.js';
import { useLanguage } from '../texts/language-provider.js';

export interface KnownEvent {
  event_id: number;
  event_type: string;
  /** JSON text, digit for digit. */
  data: string;
  created_at: number;
  accepted_at: number;
  /** Of tests nobody keeps it. */
  source: string | null;
  delivery_count: number;
}

/** One event, without its deliveries, of which there may be ten thousand. */
export function useEvent(eventId: number | undefined) {
  const api = useExactApi('data');
  const { language } = useLanguage();
  return useQuery({
    queryKey: ['event', eventId, language],
    queryFn: async ({ signal }): Promise<KnownEvent | null> => {
      if (eventId === undefined) return null;
      const wanted = { event_id: [eventId], cursor: '', limit: 1, locale: language };
      const [listed] = exact(await api.listEvents(wanted, { signal })).list_items;
      if (listed) return listed;
      // The event of a test is in no list, and has one delivery.
      const event = exact(await api.getEvent(eventId, { signal }));
      return { ...event, source: null, delivery_count: event.deliveries.length };
    },
    enabled: eventId !== undefined,
    // An event never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The body that receivers of the event get, byte for byte. */
export function bodyOf({ data, created_at, event_id, event_type }: KnownEvent): string {
  const type = JSON.stringify(event_type);
  return `{"data":${data},"created_at":${created_at},"event_id":${event_id},"event_type":${type}}`;
}

export function isUnknown(error: Error | null): boolean {
  return error instanceof LatchhookError && error.status === 400;
}
