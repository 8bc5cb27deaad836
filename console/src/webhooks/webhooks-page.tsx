import type { WebhookItem } from '@latchhook/sdk/client';
import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useApi } from '../client/api.js';
import { PageHead } from '../frame/page-head.js';
import { Pager } from '../list/pager.js';
import { useCursorPages } from '../list/use-cursor-pages.js';
import { useMayChange } from '../session/session.js';
import { EmptyState } from '../state/empty-state.js';
import { ErrorState } from '../state/error-state.js';
import { Loading } from '../state/loading.js';
import { useTexts } from '../texts/use-texts.js';
import type { Action, Sort } from './action.js';
import { DeleteDialog } from './delete-dialog.js';
import { DisableDialog } from './disable-dialog.js';
import { WebhookEditor } from './editor/webhook-editor.js';
import { EnableDialog } from './enable-dialog.js';
import { TestDialog } from './test-dialog.js';
import { WebhookTable } from './webhook-table.js';

const SEARCH_AFTER_MS = 250;
const SORTS = ['item_uid', 'url', 'health', 'status'] as const satisfies readonly Sort['field'][];

/** Search, sort and the editor stand in the address: `?q=north&sort=url&order=asc&edit=7`. */
export default function WebhooksPage() {
  const { t, capital } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const mayChange = useMayChange();
  const [address, setAddress] = useSearchParams();
  const [asked, setAsked] = useState<{ action: Exclude<Action, 'edit'>; webhook: WebhookItem } | null>(null);

  /** Another one is another field, with what the address says. */
  const [searchKey, setSearchKey] = useState(0);

  const q = address.get('q') ?? '';
  const status = statusOf(address.get('status'));
  const sort: Sort = {
    field: SORTS.find((one) => one === address.get('sort')) ?? 'item_uid',
    asc: address.get('order') === 'asc',
  };
  const move = (changed: Record<string, string | null>, replace = true) =>
    setAddress(
      (last) => {
        const next = new URLSearchParams(last);
        for (const [name, value] of Object.entries(changed)) {
          if (value === null || value === '') next.delete(name);
          else next.set(name, value);
        }
        return next;
      },
      { replace },
    );
  const search = useDebouncedCallback((text: string) => move({ q: text.trim() }), SEARCH_AFTER_MS);

  const pages = useCursorPages('webhooks', 'list', { q, status, sort }, (filter, page, signal) =>
    api.listWebhooks(
      {
        ...page,
        ...(filter.q === '' ? {} : { q: [filter.q] }),
        ...(filter.status === null ? {} : { status: [filter.status] }),
        sort_field: filter.sort.field,
        sort_type: filter.sort.asc ? 'asc' : 'desc',
      },
      { signal },
    ),
  );
  const moving = useRef(move);
  moving.current = move;
  // The same each time, so that rows stay as they are.
  const act = useCallback((action: Action, webhook: WebhookItem) => {
    if (action === 'edit') moving.current({ edit: String(webhook.item_uid) }, false);
    else setAsked({ action, webhook });
  }, []);
  const showAll = () => {
    search.cancel();
    setSearchKey((last) => last + 1);
    move({ q: null, status: null });
  };
  const edited = editedOf(address.get('edit'), mayChange);
  const filtered = q !== '' || status !== null;
  const newButton = mayChange && (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => move({ edit: 'new' }, false)}>
      {t.newWebhook}
    </Button>
  );

  return (
    <>
      <PageHead title={t.title} text={t.about}>
        {newButton}
      </PageHead>
      <Group mb="md" gap="sm">
        <TextInput
          type="search"
          flex={1}
          maw={420}
          miw={200}
          aria-label={t.search}
          placeholder={t.search}
          leftSection={<IconSearch size={16} aria-hidden />}
          key={searchKey}
          defaultValue={q}
          onChange={(event) => search(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t.fields.status}
          value={status ?? 'all'}
          onChange={(chosen) => move({ status: chosen === 'all' ? null : chosen })}
          data={[
            { value: 'all', label: words.all },
            { value: 'active', label: capital(t.statuses.active) },
            { value: 'disabled', label: capital(t.statuses.disabled) },
          ]}
        />
      </Group>
      {pages.error && <ErrorState error={pages.error} retry={pages.retry} />}
      {pages.pending && !pages.error && <Loading />}
      {!pages.pending && pages.items.length === 0 && (
        <EmptyState text={filtered ? t.noneFound : t.none}>
          {filtered ? (
            <Button variant="default" onClick={showAll}>
              {t.showAll}
            </Button>
          ) : (
            newButton
          )}
        </EmptyState>
      )}
      {pages.items.length > 0 && (
        <WebhookTable
          webhooks={pages.items}
          stale={pages.stale}
          sort={sort}
          onSort={({ field, asc }) => move({ sort: field, order: asc ? 'asc' : 'desc' })}
          onAction={act}
        />
      )}
      <Pager pages={pages} />
      {edited !== undefined && <WebhookEditor uid={edited} onClose={() => move({ edit: null })} />}
      {asked?.action === 'test' && <TestDialog webhook={asked.webhook} onClose={() => setAsked(null)} />}
      {asked?.action === 'enable' && <EnableDialog webhook={asked.webhook} onClose={() => setAsked(null)} />}
      {asked?.action === 'disable' && (
        <DisableDialog webhook={asked.webhook} onClose={() => setAsked(null)} />
      )}
      {asked?.action === 'delete' && <DeleteDialog webhook={asked.webhook} onClose={() => setAsked(null)} />}
    </>
  );
}

function statusOf(text: string | null): 'active' | 'disabled' | null {
  return text === 'active' || text === 'disabled' ? text : null;
}

/** null: a new one; undefined: none. */
function editedOf(text: string | null, mayChange: boolean): number | null | undefined {
  if (text === 'new') return mayChange ? null : undefined;
  return text !== null && /^[1-9]\d{0,15}$/.test(text) ? Number(text) : undefined;
}
