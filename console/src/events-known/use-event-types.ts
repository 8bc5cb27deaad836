import type { EventTypes } from '@latchhook/sdk/client';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { useLanguage } from '../texts/language-provider.js';

/** The event types with their names in this language. `types` null: not read yet. */
export function useEventTypes(): { types: EventTypes | null; nameOf: (eventType: string) => string } {
  const api = useApi();
  const { language } = useLanguage();
  const { data } = useQuery({
    queryKey: ['event-types', language],
    queryFn: ({ signal }) => api.listEventTypes({ locale: language }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return {
    types: data ?? null,
    nameOf: (eventType) => data?.find((one) => one.event_type === eventType)?.text ?? eventType,
  };
}
