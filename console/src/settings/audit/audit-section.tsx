import type { AuditItem, ListAuditQuery } from '@latchhook/sdk/client';
import { Button, Paper, Select } from '@mantine/core';
import { IconKey, IconServer, IconTerminal2, IconUser, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from '../../client/api.js';
import { type Column, ListTable } from '../../list/list-table.js';
import { Pager } from '../../list/pager.js';
import { useNumberedPages } from '../../list/use-numbered-pages.js';
import { PeriodPicker } from '../../narrowing/period-picker.js';
import { VisibleText } from '../../readable/visible-text.js';
import { EmptyState } from '../../state/empty-state.js';
import { ErrorState } from '../../state/error-state.js';
import { Loading } from '../../state/loading.js';
import { useAllTexts, useTexts } from '../../texts/use-texts.js';
import { SectionHead } from '../section-head.js';
import './audit.css';
import { ACTIONS, ACTOR_KINDS, useAuditNarrowing } from './audit-narrowing.js';
import { WhatHappened } from './what-happened.js';

const LOOK_AGAIN_MS = 10_000;

export default function AuditSection() {
  useAllTexts('audit', 'narrowing', 'webhooks');
  const { t } = useTexts('audit');
  const { t: words } = useTexts('frame');
  const { t: filters } = useTexts('narrowing');
  const api = useApi();
  const queries = useQueryClient();
  const { narrowing, show, change, clear, narrowed, query } = useAuditNarrowing();
  const columns = useAuditColumns();
  const pages = useNumberedPages({
    key: ['audit', show, narrowing],
    read: (page, signal) =>
      api.listAudit({ ...(query(Date.now()) satisfies ListAuditQuery), ...page }, { signal }),
  });
  useEffect(() => {
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['audit'] }), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [queries]);
  return (
    <section>
      <SectionHead title={t.title} text={t.text} />
      <Paper withBorder p="sm" mb="md" component="search" className="audit-filters">
        <Select
          label={t.show}
          size="xs"
          allowDeselect={false}
          maxDropdownHeight={360}
          value={show ?? ''}
          onChange={(chosen) => change({ show: chosen || null })}
          data={[
            { value: '', label: words.all },
            {
              group: t.byAction,
              items: ACTIONS.map((action) => ({ value: action, label: t.actions[action] })),
            },
            {
              group: t.byWhom,
              items: ACTOR_KINDS.map((kind) => ({ value: kind, label: t.allOf[kind] })),
            },
          ]}
        />
        <PeriodPicker narrowing={narrowing} change={change} />
        {narrowed && (
          <Button
            className="audit-clear"
            variant="subtle"
            size="xs"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={clear}
          >
            {filters.clear}
          </Button>
        )}
      </Paper>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {!pages.pending && pages.items.length === 0 && !pages.error && <EmptyState text={t.none} />}
      {pages.items.length > 0 && (
        <div className="audit-list">
          <ListTable
            label={t.title}
            columns={columns}
            rows={pages.items.map((item) => ({ item, gone: false }))}
            keyOf={({ item_uid }) => item_uid}
            stale={pages.stale}
          />
        </div>
      )}
      <Pager pages={pages} />
    </section>
  );
}

const KIND_ICONS = { user: IconUser, key: IconKey, system: IconServer, cli: IconTerminal2 };

function useAuditColumns(): Column<AuditItem>[] {
  const { t, time } = useTexts('audit');
  return [
    {
      title: t.what,
      phone: 'line',
      cell: (entry) => <WhatHappened entry={entry} />,
    },
    {
      title: t.who,
      phone: 'start',
      width: '20%',
      cell: ({ actor_kind: kind, actor_name: name }) => {
        const KindIcon = KIND_ICONS[kind];
        return (
          <span className="audit-who">
            <KindIcon size={16} stroke={1.7} role="img" aria-label={t.kinds[kind]} />
            <span>
              <VisibleText text={name} />
            </span>
          </span>
        );
      },
    },
    {
      title: t.from,
      phone: 'line',
      width: '15%',
      cell: ({ address }) => (
        <span className="quiet">{address === null ? t.nowhere : <VisibleText text={address} />}</span>
      ),
    },
    {
      title: t.when,
      phone: 'end',
      width: '13rem',
      cell: ({ created_at: at }) => (
        <time className="quiet" dateTime={new Date(at).toISOString()}>
          {time(at)}
        </time>
      ),
    },
  ];
}
