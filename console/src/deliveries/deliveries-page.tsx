import { Button } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { PageHead } from '../frame/page-head.js';
import { ListTable } from '../list/list-table.js';
import { LiveBar } from '../list/live-bar.js';
import { Pager } from '../list/pager.js';
import { useCursorPages } from '../list/use-cursor-pages.js';
import { useHold } from '../list/use-hold.js';
import { useSteadyRows } from '../list/use-steady-rows.js';
import { apiNarrowing, countNarrowed } from '../narrowing/narrowing.js';
import { NarrowingBar } from '../narrowing/narrowing-bar.js';
import { useNarrowing } from '../narrowing/use-narrowing.js';
import { ResendDialog } from '../resends/resend-dialog.js';
import { ResendList } from '../resends/resend-list.js';
import { useResends } from '../resends/use-resends.js';
import { useMayChange } from '../session/session.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import { useDeliveryColumns } from './columns.js';

const PARTS = ['webhook', 'type', 'status', 'source', 'event', 'period'] as const;

export default function DeliveriesPage() {
  useAllTexts('deliveries', 'narrowing', 'resends');
  const { t, language } = useTexts('deliveries');
  const { t: filters } = useTexts('narrowing');
  const { t: resendTexts } = useTexts('resends');
  const resends = useResends();
  const mayChange = useMayChange();
  const [resending, setResending] = useState(false);
  const api = useApi();
  const { narrowing, change, clear } = useNarrowing();
  const [live, setLive] = useState(true);
  const hold = useHold();
  const columns = useDeliveryColumns();
  const pages = useCursorPages('deliveries', 'list', { ...narrowing, language }, (_, page, signal) =>
    api.listDeliveries({ ...apiNarrowing(narrowing, Date.now()), locale: language, ...page }, { signal }),
  );
  const { rows, waiting } = useSteadyRows(pages.items, {
    keyOf: ({ item_uid }) => item_uid,
    held: !live || hold.held,
    scope: JSON.stringify([narrowing, pages.page, language]),
    stale: pages.stale,
  });
  const narrowed = countNarrowed(narrowing) > 0;

  return (
    <>
      <PageHead title={t.title} text={t.text}>
        {mayChange && (
          <Button
            variant="default"
            leftSection={<IconSend2 size={16} aria-hidden />}
            onClick={() => setResending(true)}
          >
            {resendTexts.button}
          </Button>
        )}
      </PageHead>
      {resending && (
        <ResendDialog
          narrowing={narrowing}
          onStarted={(uid) => resends.watch([uid])}
          onClose={() => setResending(false)}
        />
      )}
      <ResendList resends={resends} />
      <NarrowingBar parts={PARTS} narrowing={narrowing} change={change} clear={clear} />
      <LiveBar live={live} onLive={setLive} waiting={waiting} />
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {!pages.pending && rows.length === 0 && narrowed && (
        <EmptyState text={t.nothingMatches}>
          <Button variant="default" onClick={clear}>
            {filters.clear}
          </Button>
        </EmptyState>
      )}
      {!pages.pending && rows.length === 0 && !narrowed && (
        <EmptyState text={t.none}>
          <Button component={Link} href="/webhooks" variant="default">
            {t.toWebhooks}
          </Button>
        </EmptyState>
      )}
      <div ref={hold.above} />
      {rows.length > 0 && (
        <div ref={hold.around}>
          <ListTable
            label={t.title}
            columns={[columns.status, columns.event, columns.webhook, columns.attempts, columns.accepted]}
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
