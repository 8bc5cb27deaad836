import type { KeyItem } from '@latchhook/sdk/client';
import { Badge, Button, Group } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useApi } from '../../client/api.js';
import { type Column, ListTable } from '../../list/list-table.js';
import { Pager } from '../../list/pager.js';
import { useNumberedPages } from '../../list/use-numbered-pages.js';
import { EmptyState } from '../../state/empty-state.js';
import { ErrorState } from '../../state/error-state.js';
import { Loading } from '../../state/loading.js';
import { useNow } from '../../state/use-now.js';
import { useTexts } from '../../texts/use-texts.js';
import { SectionHead } from '../section-head.js';
import { MakeKeyDialog } from './make-key-dialog.js';
import { RevokeKeyDialog } from './revoke-key-dialog.js';

/** When a key was used last is written now and then, and told by no stream. */
const LOOK_AGAIN_MS = 10_000;

export default function KeysSection() {
  const { t } = useTexts('keys');
  const api = useApi();
  const [making, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<KeyItem | null>(null);
  const pages = useNumberedPages({
    key: ['keys', 'list'],
    read: (page, signal) => api.listKeys(page, { signal }),
  });
  const queries = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['keys'] }), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [queries]);
  const columns = useKeyColumns(setRevoked);
  const makeButton = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t.make}
    </Button>
  );
  const none = !pages.pending && pages.items.length === 0;
  return (
    <section>
      <SectionHead title={t.title} text={t.text}>
        {!none && makeButton}
      </SectionHead>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {none && <EmptyState text={t.none}>{makeButton}</EmptyState>}
      {pages.items.length > 0 && (
        <ListTable
          label={t.title}
          columns={columns}
          rows={pages.items.map((item) => ({ item, gone: false }))}
          keyOf={({ item_uid }) => item_uid}
          stale={pages.stale}
        />
      )}
      <Pager pages={pages} />
      {making && <MakeKeyDialog onClose={() => setMaking(false)} />}
      {revoked && <RevokeKeyDialog apiKey={revoked} onClose={() => setRevoked(null)} />}
    </section>
  );
}

function useKeyColumns(onRevoke: (key: KeyItem) => void): Column<KeyItem>[] {
  const { t, date, time, relative, fill } = useTexts('keys');
  const now = useNow(LOOK_AGAIN_MS);
  return [
    { title: t.name, phone: 'start', cell: ({ name }) => <strong>{name}</strong> },
    {
      title: t.prefix,
      phone: 'line',
      width: '9.5rem',
      cell: ({ prefix }) => <code className="prefix">{prefix}…</code>,
    },
    {
      title: t.scopesTitle,
      phone: 'line',
      cell: ({ scopes }) => (
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge
              key={scope}
              variant="light"
              color="latch"
              c="var(--mantine-color-text)"
              tt="none"
              styles={{ label: { whiteSpace: 'normal' } }}
            >
              {t.scopes[scope]}
            </Badge>
          ))}
        </Group>
      ),
    },
    {
      title: t.created,
      phone: 'end',
      width: '8.5rem',
      cell: ({ created_at }) => <span className="quiet">{date(created_at)}</span>,
    },
    {
      title: t.lastUse,
      phone: 'line',
      width: '10rem',
      cell: ({ last_used_at: at }) =>
        at === null ? (
          <span className="quiet">{t.neverUsed}</span>
        ) : (
          <time dateTime={new Date(at).toISOString()} title={time(at)}>
            {relative(Math.min(at, now), now)}
          </time>
        ),
    },
    {
      title: t.actions,
      phone: 'line',
      width: '9rem',
      cell: (key) => (
        <div className="row-buttons">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTrash size={14} aria-hidden />}
            aria-label={fill(t.revokeOf, { name: key.name })}
            onClick={() => onRevoke(key)}
          >
            {t.revoke}
          </Button>
        </div>
      ),
    },
  ];
}
