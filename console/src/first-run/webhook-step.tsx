import type { EventType, WebhookItem } from '@latchhook/sdk/client';
import { Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../client/api.js';
import { useEventTypes } from '../events-known/use-event-types.js';
import { CopyButton } from '../state/copy-button.js';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import { NEW_DRAFT } from '../webhooks/editor/draft.js';
import { faultText } from '../webhooks/editor/fault-text.js';
import { faultsOf } from '../webhooks/editor/faults.js';
import { newSecret } from '../webhooks/editor/new-secret.js';
import { serverFault } from '../webhooks/editor/server-fault.js';
import { NoReceiver } from './no-receiver.js';

/** Asks for a URL; the rest of a webhook is what suits most, and can be changed. */
export function WebhookStep({ onCreated }: { onCreated: (secret: string) => void }) {
  const { t } = useTexts('first-run');
  const editor = useTexts('webhooks');
  const api = useApi();
  const queries = useQueryClient();
  const { types } = useEventTypes();
  const field = useRef<HTMLInputElement>(null);
  const [url, setUrl] = useState('');
  const [checked, setChecked] = useState(false);
  const create = useMutation({
    mutationFn: async () => {
      const secret = newSecret();
      await api.createWebhook({
        url,
        status: 'active',
        event_types: (types ?? []).map(({ event_type }) => event_type as EventType),
        max_retries: 5,
        secret,
      });
      return secret;
    },
    onSuccess: (secret) => {
      onCreated(secret);
      void queries.invalidateQueries({ queryKey: ['webhooks'] });
    },
    onError: () => field.current?.focus(),
  });
  const fault = faultsOf({ ...NEW_DRAFT, url }, null).url;
  const refused = serverFault(create.error);
  const error = checked && fault ? faultText(fault, editor) : refused?.text;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (fault) field.current?.focus();
    else create.mutate();
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{t.whereText}</Text>
      <form onSubmit={submit} noValidate>
        <Group align="flex-start" gap="xs">
          <TextInput
            ref={field}
            name="url"
            label={t.url}
            placeholder="https://"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            flex="1 1 18rem"
            maw={560}
            value={url}
            error={error}
            onChange={(event) => {
              setUrl(event.currentTarget.value);
              // Half a scheme is no mistake yet.
              if (event.currentTarget.value.length > 'https://'.length) setChecked(true);
              if (create.error) create.reset();
            }}
          />
          <Button type="submit" mt={{ base: 0, xs: 25 }} loading={create.isPending} disabled={!types}>
            {t.create}
          </Button>
        </Group>
      </form>
      {create.error && refused === null && <ErrorState error={create.error} />}
      <NoReceiver loopback={refused?.text.includes('loopback') === true} />
    </Stack>
  );
}

export function ExistingWebhook({ webhook, secret }: { webhook: WebhookItem; secret: string | null }) {
  const { t } = useTexts('first-run');
  return (
    <Stack gap="xs">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        <strong>{webhook.url}</strong>{' '}
        <Anchor component={Link} href={`/webhooks?edit=${webhook.item_uid}`} size="sm" underline="always">
          {t.change}
        </Anchor>
      </Text>
      {secret !== null && (
        <div>
          <Text size="sm">{t.secretText}</Text>
          <Group gap={4} wrap="nowrap">
            <code className="secret">{secret}</code>
            <CopyButton text={secret} what={t.secret} />
          </Group>
        </div>
      )}
    </Stack>
  );
}
