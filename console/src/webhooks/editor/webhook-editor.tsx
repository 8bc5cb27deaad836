import type { WebhookEntity } from '@latchhook/sdk/client';
import { Alert, Modal, Tabs, ThemeIcon } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { useApi } from '../../client/api.js';
import { useMayChange } from '../../session/session.js';
import { ErrorState } from '../../state/error-state.js';
import { Loading } from '../../state/loading.js';
import { useFocusBack } from '../../state/use-focus-back.js';
import { useTexts } from '../../texts/use-texts.js';
import { bodyOf, type Draft, draftOf, type Field, NEW_DRAFT } from './draft.js';
import { EditorActions } from './editor-actions.js';
import { EventsTab } from './events-tab.js';
import { faultText } from './fault-text.js';
import { faultsOf } from './faults.js';
import { GeneralTab } from './general-tab.js';
import { HeadersTab } from './headers-tab.js';
import { serverFault } from './server-fault.js';
import { TAB_NAMES, TABS, type Tab, tabOf } from './tabs.js';
import './webhook-editor.css';

/** Creates a webhook, or changes one; for those who may not, it shows one. */
export function WebhookEditor({
  uid,
  onClose,
}: {
  /** null: a new one. */
  uid: number | null;
  onClose: () => void;
}) {
  useFocusBack();
  const { t } = useTexts('webhooks');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const mayChange = useMayChange();
  const phone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768);
  const { data, error } = useQuery({
    queryKey: ['webhook', uid],
    queryFn: ({ signal }) => api.getWebhook(uid ?? 0, { signal }),
    enabled: uid !== null,
    // What is being typed is not taken away by what others change meanwhile.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  /** Known as soon as something is typed: what listens to Escape may be a render behind. */
  const unsaved = useRef(false);
  const [asks, setAsks] = useState(false);
  const form = { unsaved: { asks, now: unsaved, onKeep: () => setAsks(false) }, onClose };
  const title = uid === null ? t.newWebhook : mayChange ? t.editWebhook : t.webhook;
  return (
    <Modal
      opened
      // Escape, or a click beside it, may be a slip; a second one keeps what was typed too.
      onClose={() => (unsaved.current ? setAsks((asked) => !asked) : onClose())}
      title={title}
      size="xl"
      fullScreen={phone === true}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {error && <ErrorState error={error} />}
      {uid === null && <EditorForm webhook={null} {...form} />}
      {uid !== null && data && <EditorForm webhook={data} {...form} />}
      {uid !== null && !data && !error && <Loading />}
    </Modal>
  );
}

function EditorForm({
  webhook,
  unsaved,
  onClose,
}: {
  webhook: WebhookEntity | null;
  unsaved: { asks: boolean; now: RefObject<boolean>; onKeep: () => void };
  onClose: () => void;
}) {
  const texts = useTexts('webhooks');
  const { t } = texts;
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const mayChange = useMayChange();
  const form = useRef<HTMLFormElement>(null);
  const [before] = useState(() => (webhook ? draftOf(webhook) : null));
  const [draft, setDraft] = useState<Draft>(before ?? NEW_DRAFT);
  /** Fields that were typed into, which are checked from then on; all once it was tried to save. */
  const [touched, setTouched] = useState<ReadonlySet<Field>>(new Set());
  const [tab, setTab] = useState<Tab>('general');

  const changed = JSON.stringify(draft) !== JSON.stringify(before ?? NEW_DRAFT);
  const { asks, now, onKeep } = unsaved;
  useLayoutEffect(() => {
    now.current = changed;
  }, [changed, now]);

  const save = useMutation({
    mutationFn: async () => {
      const body = bodyOf(draft, before);
      if (webhook) await api.replaceWebhook(webhook.item_uid, body);
      else await api.createWebhook(body);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['webhooks'] });
      notifications.show({ message: webhook ? t.saved : t.created, color: 'latch' });
      onClose();
    },
    onError: (error) => {
      const refused = serverFault(error);
      if (refused?.field) show(refused.field);
    },
  });

  const faults = faultsOf(draft, before);
  const refused = serverFault(save.error);
  const change = (changed: Partial<Draft>) => {
    setDraft((last) => ({ ...last, ...changed }));
    setTouched((last) => new Set([...last, ...(Object.keys(changed) as Field[])]));
    if (refused?.field && refused.field in changed) save.reset();
  };
  const errorAt = (field: Field): string | null => {
    const fault = faults[field];
    if (fault && touched.has(field)) return faultText(fault, texts);
    return refused?.field === field ? refused.text : null;
  };
  const hasErrors = (name: Tab) => TABS[name].some((field) => errorAt(field) !== null);

  /** Leads to the field, on whatever tab it is. */
  const show = (field: Field) => {
    setTab(tabOf(field));
    requestAnimationFrame(() =>
      form.current
        ?.querySelector<HTMLElement>(`[name="${field}"], [data-field="${field}"] [aria-invalid="true"]`)
        ?.focus(),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [first] = Object.keys(faults) as Field[];
    if (first === undefined) return save.mutate();
    setTouched(new Set(Object.keys(draft) as Field[]));
    show(first);
  };

  const fields = { draft, change, errorAt, readOnly: !mayChange };
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Tabs value={tab} onChange={(chosen) => setTab((chosen ?? 'general') as Tab)}>
        <Tabs.List mb="md" className="editor-tabs">
          {TAB_NAMES.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              rightSection={
                hasErrors(name) && (
                  <ThemeIcon size={8} radius="xl" color="red.8" role="img" aria-label={t.hasErrors} />
                )
              }
            >
              {t.tabs[name]}
              {name === 'events' && draft.event_types.length > 0 && ` (${draft.event_types.length})`}
              {name === 'headers' && draft.headers.length > 0 && ` (${draft.headers.length})`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="general">
          <GeneralTab {...fields} isNew={webhook === null} />
        </Tabs.Panel>
        <Tabs.Panel value="events">
          <EventsTab {...fields} />
        </Tabs.Panel>
        <Tabs.Panel value="headers">
          <HeadersTab {...fields} />
        </Tabs.Panel>
      </Tabs>
      {save.error && refused?.field == null && (
        <Alert color="red" variant="light" role="alert" mt="md">
          {refused?.text ?? (save.error instanceof TypeError ? words.unreachable : save.error.message)}
        </Alert>
      )}
      <EditorActions
        submit={webhook ? words.save : t.create}
        pending={save.isPending}
        asks={asks && changed}
        onKeep={onKeep}
        onClose={onClose}
      />
    </form>
  );
}
