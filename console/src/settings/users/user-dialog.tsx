import type { UserItem } from '@latchhook/sdk/client';
import { Button, Group, Modal, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useApi } from '../../client/api.js';
import { session, useSession } from '../../session/session.js';
import { ErrorState } from '../../state/error-state.js';
import { useFocusBack } from '../../state/use-focus-back.js';
import { useTexts } from '../../texts/use-texts.js';
import { changeOf, type UserDraft, type UserField, userFaults, userRefusal } from './user-draft.js';

/** Adds an account, or changes one. */
export function UserDialog({
  user,
  isLast,
  onClose,
}: {
  /** null: a new one. */
  user: UserItem | null;
  /** It is the only administrator, and stays one. */
  isLast: boolean;
  onClose: () => void;
}) {
  useFocusBack();
  const { t, fill } = useTexts('users');
  const { t: words } = useTexts('frame');
  const api = useApi();
  const queries = useQueryClient();
  const self = useSession();
  const form = useRef<HTMLFormElement>(null);
  const [touched, setTouched] = useState<ReadonlySet<UserField>>(new Set());
  const [draft, setDraft] = useState<UserDraft>({
    username: user?.username ?? '',
    password: '',
    account_type: user?.account_type ?? 'user',
  });
  const isSelf = user !== null && user.username === self?.username;

  const save = useMutation({
    mutationFn: async () => {
      if (user === null) await api.createUser(draft);
      else await api.changeUser(user.item_uid, changeOf(draft, user));
    },
    onSuccess: () => {
      notifications.show({ message: user ? t.changed : t.added, color: 'latch' });
      onClose();
      // A new password ends the log-ins of its account.
      if (isSelf && draft.password !== '') return session.end();
      if (isSelf && self) {
        session.begin({ ...self, username: draft.username, accountType: draft.account_type });
      }
      void queries.invalidateQueries({ queryKey: ['users'] });
    },
    onError: (error) => focus(userRefusal(error)?.field),
  });

  const faults = userFaults(draft, user === null);
  const refused = userRefusal(save.error);
  const errorAt = (field: UserField): string | null => {
    const fault = faults[field];
    if (fault && touched.has(field)) {
      return fault.kind === 'needed' ? t.needed : fill(t.length, { min: fault.min, max: fault.max });
    }
    return refused?.field === field ? refused.text : null;
  };
  const change = (changed: Partial<UserDraft>) => {
    setDraft((last) => ({ ...last, ...changed }));
    setTouched((last) => new Set([...last, ...(Object.keys(changed) as UserField[])]));
    if (save.error) save.reset();
  };
  const focus = (field: UserField | null | undefined) => {
    if (field) form.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [first] = Object.keys(faults) as UserField[];
    if (first === undefined) return save.mutate();
    setTouched(new Set(['username', 'password']));
    focus(first);
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={user ? t.changeTitle : t.addTitle}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <form ref={form} onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            name="username"
            label={t.username}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            required
            data-autofocus
            value={draft.username}
            error={errorAt('username')}
            onChange={(event) => change({ username: event.currentTarget.value })}
          />
          <PasswordInput
            name="password"
            label={user ? t.newPassword : words.password}
            description={user ? (isSelf ? t.ownPasswordHint : t.passwordHint) : undefined}
            autoComplete="new-password"
            required={user === null}
            visibilityToggleButtonProps={{
              'aria-label': words.showPassword,
              'aria-hidden': false,
              tabIndex: 0,
            }}
            value={draft.password}
            error={errorAt('password')}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
          <Radio.Group
            label={t.type}
            value={draft.account_type}
            error={errorAt('account_type')}
            onChange={(chosen) => change({ account_type: chosen as UserDraft['account_type'] })}
          >
            <Stack gap="xs" mt="xs">
              <Radio
                name="account_type"
                value="admin"
                label={t.types.admin}
                description={t.typeTexts.admin}
              />
              <Radio
                name="account_type"
                value="user"
                label={t.types.user}
                description={t.typeTexts.user}
                disabled={isLast}
              />
            </Stack>
          </Radio.Group>
          {isLast && (
            <Text size="sm" c="dimmed">
              {t.lastStaysText}
            </Text>
          )}
          {save.error && refused?.field == null && <ErrorState error={save.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {words.cancel}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {user ? words.save : t.add}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
