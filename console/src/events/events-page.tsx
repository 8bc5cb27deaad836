import { Button, Code } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { BASE_PATH, SERVER_URL } from '../base.js';
import { exact, useExactApi } from '../client/exact.js';
import { useEventTypes } from '../events-known/use-event-types.js';
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
import { VisibleText } from '../readable/visible-text.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import { CategoryMark } from './category-mark.js';
import { Who } from './who.js';

const PARTS = ['type', 'source', 'webhook', 'status', 'event', 'period', 'unmatched'] as const;

interface Row {
  event_id: number;
  event_type: string;
  event_text: string;
  source: string;
  data: string;
  created_at: number;
  delivery_count: number;
}

export default function EventsPage() {
  useAllTexts('events', 'narrowing');
  const { t, language, fill, plural, shortTime, time } = useTexts('events');
  const { t: filters } = useTexts('narrowing');
  const api = useExactApi('data');
  const { types } = useEventTypes();
  const { narrowing, change, clear } = useNarrowing();
  const [live, setLive] = useState(true);
  const hold = useHold();
  const pages = useCursorPages('events', 'list', { ...narrowing, language }, async (_, page, signal) => {
    const wanted = { ...apiNarrowing(narrowing, Date.now()), locale: language, ...page };
    return exact(
      await api.listEvents(narrowing.unmatched ? { ...wanted, state: ['unmatched'] } : wanted, { signal }),
    );
  });
  const { rows, waiting } = useSteadyRows<Row>(pages.items, {
    keyOf: ({ event_id }) => event_id,
    held: !live || hold.held,
    scope: JSON.stringify([narrowing, pages.page, language]),
    stale: pages.stale,
  });
  const categoryOf = new Map(types?.map(({ event_type, category }) => [event_type, category]));
  const columns: Column<Row>[] = [
    {
      title: t.columns.category,
      phone: 'start',
      width: '8.5rem',
      cell: ({ event_type }) => {
        const category = categoryOf.get(event_type);
        return category && <CategoryMark category={category} />;
      },
    },
    {
      title: t.columns.event,
      phone: 'line',
      cell: ({ event_id, event_text }) => (
        <>
          <Link href={`/events/${event_id}`} className="row-link">
            {event_text}
          </Link>
          <span className="quiet"> {fill(t.number, { id: String(event_id) })}</span>
        </>
      ),
    },
    {
      title: t.columns.source,
      phone: 'line',
      width: '9rem',
      cell: ({ source }) => (
        <span className="one-line">
          <VisibleText text={source} />
        </span>
      ),
    },
    { title: t.columns.who, phone: 'line', width: '11rem', cell: ({ data }) => <Who data={data} /> },
    {
      title: t.columns.deliveries,
      phone: 'line',
      width: '8rem',
      cell: ({ delivery_count }) =>
        delivery_count === 0 ? (
          <span className="quiet">{t.unmatched}</span>
        ) : (
          plural(t.deliveryCount, delivery_count)
        ),
    },
    {
      title: t.columns.happened,
      phone: 'end',
      width: '9rem',
      cell: ({ created_at }) => (
        <time dateTime={new Date(created_at).toISOString()} title={time(created_at)} className="quiet">
          {shortTime(created_at)}
        </time>
      ),
    },
  ];
  const narrowed = countNarrowed(narrowing) > 0;

  return (
    <>
      <PageHead title={t.title} text={t.text} />
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
          <Code>POST {SERVER_URL}/api/v1/events</Code>
          <Button component="a" href={`${BASE_PATH}/docs`} variant="default">
            {t.toDocs}
          </Button>
        </EmptyState>
      )}
      <div ref={hold.above} />
      {rows.length > 0 && (
        <div ref={hold.around}>
          <ListTable
            label={t.title}
            columns={columns}
            rows={rows}
            keyOf={({ event_id }) => event_id}
            stale={pages.stale}
          />
        </div>
      )}
      <Pager pages={pages} />
    </>
  );
}
