import type { DeliveryItem } from '@latchhook/sdk/client';
import { useApi } from '../client/api.js';
import { useDeliveryColumns } from '../deliveries/columns.js';
import { DeliveryButtons } from '../deliveries/delivery-buttons.js';
import { type Column, ListTable } from '../list/list-table.js';
import { Pager } from '../list/pager.js';
import { useCursorPages } from '../list/use-cursor-pages.js';
import { useSteadyRows } from '../list/use-steady-rows.js';
import { useMayChange } from '../session/session.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';

/** Page by page: ten thousand webhooks may have been owed the event. */
export function DeliveriesOf({ eventId }: { eventId: number }) {
  const { t, language } = useTexts('deliveries');
  const api = useApi();
  const mayChange = useMayChange();
  const { status, webhook, attempts } = useDeliveryColumns({ linked: 'webhook' });
  const pages = useCursorPages('deliveries', 'of-event', { eventId, language }, (_, page, signal) =>
    api.listDeliveries({ event_id: [eventId], sort_type: 'asc', locale: language, ...page }, { signal }),
  );
  const { rows } = useSteadyRows(pages.items, {
    keyOf: ({ item_uid }) => item_uid,
    held: false,
    scope: JSON.stringify([eventId, pages.page, language]),
    stale: pages.stale,
  });
  const actions: Column<DeliveryItem> = {
    title: t.columns.actions,
    phone: 'line',
    width: '16rem',
    cell: (delivery) => (
      <div className="row-buttons">
        <DeliveryButtons delivery={delivery} size="compact-sm" />
      </div>
    ),
  };
  if (pages.error) return <ErrorState error={pages.error} retry={pages.retry} />;
  if (pages.pending) return <Loading rows={3} />;
  return (
    <>
      <ListTable
        label={t.title}
        columns={[status, webhook, attempts, ...(mayChange ? [actions] : [])]}
        rows={rows}
        keyOf={({ item_uid }) => item_uid}
        stale={pages.stale}
      />
      <Pager pages={pages} />
    </>
  );
}
