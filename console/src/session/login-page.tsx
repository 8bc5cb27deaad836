import { LatchhookError } from '@latchhook/sdk/client';
import { Alert, Button, Center, Group, Paper, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { anonymousApi } from '../client/api.js';
import icon from '../frame/icon.svg';
import { LanguageMenu } from '../frame/language-menu.js';
import { SchemeToggle } from '../frame/scheme-toggle.js';
import { useTexts } from '../texts/use-texts.js';
import { session } from './session.js';

export function LoginPage() {
  const { t } = useTexts('frame');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  useDocumentTitle(`${t.logIn} · Latchhook`);
  const logIn = useMutation({
    mutationFn: () => anonymousApi.logIn({ username, password }),
    onSuccess: ({ token, account_type }) => session.begin({ token, username, accountType: account_type }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    logIn.mutate();
  };

  return (
    <Center component="main" mih="100dvh" p="md" className="canvas">
      <Stack w="100%" maw={380} gap="md">
        <Paper withBorder shadow="sm" p="xl" component="form" onSubmit={submit}>
          <Stack gap="md">
            <Group gap="sm">
              <img src={icon} alt="" width={36} height={36} />
              <Title order={1}>Latchhook</Title>
            </Group>
            <TextInput
              label={t.username}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              withAsterisk={false}
              data-autofocus
              autoFocus
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              label={t.password}
              name="password"
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{
                'aria-label': t.showPassword,
                'aria-hidden': false,
                tabIndex: 0,
              }}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {logIn.error && (
              <Alert color="red" variant="light" role="alert">
                {whyNot(logIn.error, t)}
              </Alert>
            )}
            <Button type="submit" loading={logIn.isPending} fullWidth>
              {t.logIn}
            </Button>
          </Stack>
        </Paper>
        <Group justify="center" gap="xs">
          <LanguageMenu />
          <SchemeToggle />
        </Group>
      </Stack>
    </Center>
  );
}

function whyNot(
  error: Error,
  t: { wrongLogin: string; tooManyAttempts: string; unreachable: string },
): string {
  if (!(error instanceof LatchhookError)) return t.unreachable;
  if (error.status === 400) return t.wrongLogin;
  return error.status === 429 ? t.tooManyAttempts : error.text;
}
