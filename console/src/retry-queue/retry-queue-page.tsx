import { Anchor, Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { useDeliveryColumns } from '../deliveries/columns.js';
import { DeliveryButtons } from '../deliveries/delivery-buttons.js';
import { useHeldNow } from '../deliveries/use-held-now.js';
import { PageHead } from '../frame/page-head.js';
import { type Column, ListTable } from '../list/list-table.js';
import { LiveBar } from '../list/live-bar.js';
import { Pager } from '../list/pager.js';
import { useCursorPages } from '../list/use-cursor-pages.js';
import { useHold } from '../list/use-hold.js';
import { useSteadyRows } from '../list/use-steady-rows.js';
import { apiNarrowing, countNarrowed } from '../narrowing/narrowing.js';
import { NarrowingBar } from '../narrowing/narrowing-bar.js';
import { useNarrowing } from '../narrowing/use-narrowing.js';
import { useMayChange } from '../session/session.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import { Countdown } from './countdown.js';

const PARTS = ['webhook', 'type', 'source', 'event'] as const;

export default function RetryQueuePage() {
  useAllTexts('retry-queue', 'deliveries', 'delivery', 'narrowing');
  const { t, language, plural } = useTexts('retry-queue');
  const { t: filters } = useTexts('narrowing');
  const { t: deliveries } = useTexts('deliveries');
  const api = useApi();
  const mayChange = useMayChange();
  const { narrowing, change, clear } = useNarrowing();
  const [live, setLive] = useState(true);
  const hold = useHold();
  const { event, webhook, attempts } = useDeliveryColumns();
  const pages = useCursorPages('deliveries', 'retries', { ...narrowing, language }, (_, page, signal) =>
    api.listRetries(
      {
        ...apiNarrowing({ ...narrowing, status: [], period: null, from: null, to: null }, 0),
        sort_field: 'next_attempt_at',
        sort_type: 'asc',
        locale: language,
        ...page,
      },
      { signal },
    ),
  );
  const { rows, waiting } = useSteadyRows(pages.items, {
    keyOf: ({ item_uid }) => item_uid,
    held: !live || hold.held,
    scope: JSON.stringify([narrowing, pages.page, language]),
    stale: pages.stale,
  });
  const gone = new Set(rows.filter((row) => row.gone).map(({ item }) => item.item_uid));
  const next: Column<(typeof rows)[number]['item']> = {
    title: deliveries.columns.next,
    phone: 'start',
    width: '9.5rem',
    cell: ({ item_uid, next_attempt_at }) =>
      gone.has(item_uid) ? t.left : next_attempt_at !== null && <Countdown at={next_attempt_at} />,
  };
  const actions: typeof next = {
    title: deliveries.columns.actions,
    phone: 'line',
    width: '16rem',
    cell: (delivery) =>
      !gone.has(delivery.item_uid) && (
        <div className="row-buttons">
          <DeliveryButtons delivery={delivery} size="compact-sm" />
        </div>
      ),
  };
  const heldNow = useHeldNow() ?? 0;
  const narrowed = countNarrowed(narrowing) > 0;

  return (
    <>
      <PageHead title={t.title} text={t.text} />
      <NarrowingBar parts={PARTS} narrowing={narrowing} change={change} clear={clear} />
      <LiveBar live={live} onLive={setLive} waiting={waiting}>
        <Anchor component={Link} href="/deliveries?status=held" size="sm">
          {t.held}
        </Anchor>
      </LiveBar>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {!pages.pending && rows.length === 0 && (
        <EmptyState
          text={narrowed ? deliveries.nothingMatches : heldNow > 0 ? plural(t.noneButHeld, heldNow) : t.none}
        >
          {narrowed && (
            <Button variant="default" onClick={clear}>
              {filters.clear}
            </Button>
          )}
          {!narrowed && heldNow > 0 && (
            <Button component={Link} href="/deliveries?status=held" variant="default">
              {t.held}
            </Button>
          )}
        </EmptyState>
      )}
      <div ref={hold.above} />
      {rows.length > 0 && (
        <div ref={hold.around}>
          <ListTable
            label={t.title}
            columns={[next, event, webhook, attempts, ...(mayChange ? [actions] : [])]}
            rows={rows}
            keyOf={({ item_uid }) => item_uid}
            stale={pages.stale}
          />
        </div>
      )}
      <Pager pages={pages} />
    </>
  );
}
