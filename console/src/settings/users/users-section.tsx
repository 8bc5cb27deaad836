import type { UserItem } from '@latchhook/sdk/client';
import { Badge, Button } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useApi } from '../../client/api.js';
import { type Column, ListTable } from '../../list/list-table.js';
import { Pager } from '../../list/pager.js';
import { useNumberedPages } from '../../list/use-numbered-pages.js';
import { useSession } from '../../session/session.js';
import { ErrorState } from '../../state/error-state.js';
import { Loading } from '../../state/loading.js';
import { useTexts } from '../../texts/use-texts.js';
import { SectionHead } from '../section-head.js';
import { RemoveUserDialog } from './remove-user-dialog.js';
import { useAdministratorCount } from './use-administrator-count.js';
import { UserDialog } from './user-dialog.js';

type Asked = { kind: 'add' } | { kind: 'change' | 'remove'; user: UserItem };

export default function UsersSection() {
  const { t } = useTexts('users');
  const api = useApi();
  const administrators = useAdministratorCount();
  const [asked, setAsked] = useState<Asked | null>(null);
  const pages = useNumberedPages({
    key: ['users', 'list'],
    read: (page, signal) => api.listUsers({ ...page, sort_field: 'item_uid' }, { signal }),
  });
  const isLast = ({ account_type }: UserItem) => account_type === 'admin' && administrators === 1;
  const columns = useUserColumns({ isLast, onAct: (kind, user) => setAsked({ kind, user }) });
  const close = () => setAsked(null);
  return (
    <section>
      <SectionHead title={t.title} text={t.text}>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAsked({ kind: 'add' })}>
          {t.add}
        </Button>
      </SectionHead>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
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
      {asked?.kind === 'add' && <UserDialog user={null} isLast={false} onClose={close} />}
      {asked?.kind === 'change' && (
        <UserDialog user={asked.user} isLast={isLast(asked.user)} onClose={close} />
      )}
      {asked?.kind === 'remove' && <RemoveUserDialog user={asked.user} onClose={close} />}
    </section>
  );
}

function useUserColumns({
  isLast,
  onAct,
}: {
  isLast: (user: UserItem) => boolean;
  onAct: (kind: 'change' | 'remove', user: UserItem) => void;
}): Column<UserItem>[] {
  const { t, date, fill } = useTexts('users');
  const self = useSession()?.username;
  return [
    {
      title: t.username,
      phone: 'start',
      cell: ({ username }) => (
        <>
          <strong>{username}</strong>
          {username === self && (
            <Badge ml="xs" size="sm" variant="light" color="gray" c="var(--mantine-color-text)" tt="none">
              {t.you}
            </Badge>
          )}
        </>
      ),
    },
    { title: t.type, phone: 'line', width: '26%', cell: ({ account_type }) => t.types[account_type] },
    {
      title: t.created,
      phone: 'end',
      width: '18%',
      cell: ({ created_at }) => <span className="quiet">{date(created_at)}</span>,
    },
    {
      title: t.actions,
      phone: 'line',
      width: '17rem',
      cell: (user) => (
        <div className="row-buttons">
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPencil size={14} aria-hidden />}
            aria-label={fill(t.changeOf, { name: user.username })}
            onClick={() => onAct('change', user)}
          >
            {t.change}
          </Button>
          {isLast(user) ? (
            <span className="quiet last-administrator">{t.lastStays}</span>
          ) : (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              aria-label={fill(t.removeOf, { name: user.username })}
              onClick={() => onAct('remove', user)}
            >
              {t.remove}
            </Button>
          )}
        </div>
      ),
    },
  ];
}
