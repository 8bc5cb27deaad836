import { Button, Paper, SegmentedControl, Text } from '@mantine/core';
import { useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import { exact, useExactApi } from '../client/exact.js';
import { CATEGORIES, type Category, CategoryMark } from '../events/category-mark.js';
import { Who } from '../events/who.js';
import { PageHead } from '../frame/page-head.js';
import { type Column, ListTable } from '../list/list-table.js';
import { LiveBar } from '../list/live-bar.js';
import { Pager } from '../list/pager.js';
import { useHold } from '../list/use-hold.js';
import { useNumberedPages } from '../list/use-numbered-pages.js';
import { useSteadyRows } from '../list/use-steady-rows.js';
import { apiNarrowing, readNarrowing, writeNarrowing } from '../narrowing/narrowing.js';
import { PeriodPicker } from '../narrowing/period-picker.js';
import { VisibleText } from '../readable/visible-text.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useAllTexts, useTexts } from '../texts/use-texts.js';
import './log.css';

interface Row {
  key: string;
  timestamp: number;
  category: Category;
  text: string;
  name: string;
  data: string;
}

/** What happened, by when it happened, as a panel lists it. */
export default function LogPage() {
  useAllTexts('log', 'narrowing');
  const { t, language, plural, shortTime, time } = useTexts('log');
  const { t: words } = useTexts('frame');
  const { t: filters } = useTexts('narrowing');
  const api = useExactApi('model');
  const [params, setParams] = useSearchParams();
  const narrowing = readNarrowing(params);
  const category = CATEGORIES.find((one) => one === params.get('category')) ?? null;
  const [live, setLive] = useState(true);
  const hold = useHold();
  const change = (next: URLSearchParams, chosen: Category | null) => {
    next.delete('page');
    if (chosen === null) next.delete('category');
    else next.set('category', chosen);
    setParams(next);
  };
  const { period, from, to } = narrowing;
  const pages = useNumberedPages({
    key: ['events', 'log', { category, period, from, to, language }],
    read: async (page, signal) => {
      const wanted = category === null ? {} : { filter_field: 'category' as const, filter_value: category };
      const { from: begin, to: end } = apiNarrowing(narrowing, Date.now());
      const times = {
        ...(begin === undefined ? {} : { from: begin }),
        ...(end === undefined ? {} : { to: end }),
      };
      return exact(await api.listLog({ ...wanted, ...times, locale: language, ...page }, { signal }));
    },
  });
  const { rows, waiting } = useSteadyRows(pages.items, {
    keyOf: ({ timestamp, name, info }) => `${timestamp} ${name.key} ${info.model}`,
    held: !live || hold.held,
    scope: JSON.stringify([category, period, from, to, pages.page, language]),
    stale: pages.stale,
  });
  const narrowed = category !== null || period !== null || from !== null || to !== null;
  const columns: Column<Row>[] = [
    {
      title: t.columns.category,
      phone: 'start',
      width: '9rem',
      cell: (row) => (
        <span className="log-category" data-category={row.category}>
          <CategoryMark category={row.category} />
        </span>
      ),
    },
    {
      title: t.columns.text,
      phone: 'line',
      cell: ({ text }) => <VisibleText text={text} />,
    },
    { title: t.columns.who, phone: 'line', width: '15rem', cell: ({ data }) => <Who data={data} /> },
    {
      title: t.columns.time,
      phone: 'end',
      width: '9rem',
      cell: ({ timestamp }) => (
        <time dateTime={new Date(timestamp).toISOString()} title={time(timestamp)} className="quiet">
          {shortTime(timestamp)}
        </time>
      ),
    },
  ];

  return (
    <>
      <PageHead title={t.title} text={t.text} />
      <Paper withBorder p="sm" mb="sm" component="search" className="log-filters">
        <div className="log-categories">
          <SegmentedControl
            size="xs"
            aria-label={t.columns.category}
            data={[
              { value: '', label: words.all },
              ...CATEGORIES.map((one) => ({ value: one, label: filters.categories[one] })),
            ]}
            value={category ?? ''}
            onChange={(chosen) =>
              change(new URLSearchParams(params), CATEGORIES.find((one) => one === chosen) ?? null)
            }
          />
        </div>
        <PeriodPicker
          narrowing={narrowing}
          change={(changed) => change(writeNarrowing({ ...narrowing, ...changed }), category)}
        />
      </Paper>
      <LiveBar live={live} onLive={setLive} waiting={waiting}>
        {pages.total !== null && (
          <Text size="sm" c="dimmed" className="figures">
            {plural(t.entries, pages.total)}
          </Text>
        )}
      </LiveBar>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {!pages.pending && rows.length === 0 && (
        <EmptyState text={narrowed ? t.nothingMatches : t.none}>
          {narrowed ? (
            <Button variant="default" onClick={() => setParams(new URLSearchParams())}>
              {filters.clear}
            </Button>
          ) : (
            <Button component={Link} href="/events" variant="default">
              {t.toEvents}
            </Button>
          )}
        </EmptyState>
      )}
      <div ref={hold.above} />
      {rows.length > 0 && (
        <div ref={hold.around}>
          <ListTable
            label={t.title}
            columns={columns}
            rows={numbered(rows)}
            keyOf={({ key }) => key}
            stale={pages.stale}
          />
        </div>
      )}
      <Pager pages={pages} />
    </>
  );
}

interface LogEntry {
  timestamp: number;
  category: Category;
  info: { text: string; model: string };
  name: { text: string; key: string };
}

/** Entries have no number of their own: the same twice is told apart by its place among the same. */
function numbered(rows: { item: LogEntry; gone: boolean }[]): { item: Row; gone: boolean }[] {
  const seen = new Map<string, number>();
  return rows.map(({ item: { timestamp, category, info, name }, gone }) => {
    const same = `${timestamp} ${name.key} ${info.model}`;
    const before = seen.get(same) ?? 0;
    seen.set(same, before + 1);
    const key = `${same} ${before}`;
    return { item: { key, timestamp, category, text: info.text, name: name.text, data: info.model }, gone };
  });
}
