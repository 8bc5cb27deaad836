import type { DeliveryItem } from '@latchhook/sdk/client';

/** It is still owed. */
export function isOpen({ status }: Pick<DeliveryItem, 'status'>): boolean {
  return status === 'pending' || status === 'retrying' || status === 'held';
}
