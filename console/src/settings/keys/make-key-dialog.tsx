import { BODY_RULES, type KeyBody } from '@latchhook/sdk/client';
import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useApi } from '../../client/api.js';
import { MadeKey } from '../../made-key/made-key.js';
import { ErrorState } from '../../state/error-state.js';
import { useFocusBack } from '../../state/use-focus-back.js';
import { useTexts } from '../../texts/use-texts.js';

const { minLength: MIN, maxLength: MAX } = BODY_RULES.KeyBody.name;
const SCOPES = ['events:write', 'read', 'admin'] as const satisfies KeyBody['scopes'];

/** Asks for name and scopes, then shows the key, this once. */
export function MakeKeyDialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  const { t, fill } = useTexts('keys');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<KeyBody['scopes']>(['events:write']);
  const [tried, setTried] = useState(false);
  const make = useMutation({
    mutationFn: () => api.createKey({ name, scopes }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const length = [...name].length;
  const nameFault =
    length > MAX || (tried && length < MIN) ? fill(t.nameLength, { min: MIN, max: MAX }) : null;
  const scopesFault = tried && scopes.length === 0 ? t.scopesNeeded : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (length >= MIN && length <= MAX && scopes.length > 0) return make.mutate();
    const wrong = length >= MIN && length <= MAX ? 'scopes' : 'name';
    form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
  };
  const made = make.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t.madeTitle : t.makeTitle}
      size={made ? 'lg' : 'md'}
      // A click beside it would lose what is shown once.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      {made ? (
        <Stack gap="md">
          <MadeKey value={made.key} scopes={scopes} />
          <Group justify="flex-end">
            <Button onClick={onClose} autoFocus>
              {t.done}
            </Button>
          </Group>
        </Stack>
      ) : (
        <form ref={form} onSubmit={submit} noValidate>
          <Stack gap="md">
            <TextInput
              name="name"
              label={t.name}
              description={t.nameHint}
              required
              data-autofocus
              autoComplete="off"
              value={name}
              error={nameFault}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Checkbox.Group
              label={t.scopesTitle}
              value={scopes}
              error={scopesFault}
              onChange={(chosen) => setScopes(SCOPES.filter((scope) => chosen.includes(scope)))}
            >
              <Stack gap="xs" mt="xs">
                {SCOPES.map((scope) => (
                  <Checkbox
                    key={scope}
                    name="scopes"
                    value={scope}
                    label={t.scopes[scope]}
                    description={t.scopeTexts[scope]}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
            {make.error && <ErrorState error={make.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {words.cancel}
              </Button>
              <Button type="submit" loading={make.isPending}>
                {t.make}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
