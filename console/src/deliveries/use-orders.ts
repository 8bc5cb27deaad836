import type { DeliveryItem } from '@latchhook/sdk/client';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../client/api.js';
import { refusalText } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';

/** Sends a delivery again, or now; or ends it. */
export function useOrders(delivery: DeliveryItem) {
  const { t, language } = useTexts('delivery');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const uid = delivery.item_uid;
  const done = (message: string) => {
    void queries.invalidateQueries({ queryKey: ['deliveries'] });
    notifications.show({ message });
  };
  const failed = (error: Error) =>
    notifications.show({
      color: 'red',
      title: words.failed,
      message: refusalText(error, words.unreachable),
    });
  const send = useMutation({
    mutationFn: () => api.resendDelivery(uid, { locale: language }),
    onSuccess: () => done(t.sent),
    onError: failed,
  });
  const cancel = useMutation({
    mutationFn: () => api.cancelDelivery(uid, { locale: language }),
    onSuccess: () => done(t.cancelled),
  });
  return { send, cancel };
}
