import { Button, Menu, Text } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useApi } from '../client/api.js';
import { session, useSession } from '../session/session.js';
import { useTexts } from '../texts/use-texts.js';

export function AccountMenu() {
  const { t } = useTexts('frame');
  const api = useApi();
  const current = useSession();
  if (!current) return null;
  const logOut = () => {
    // Here it ends in any case; a token that the server is not told of ends by its time.
    api.logOut().catch(() => {});
    session.end();
  };
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="sm"
          px="xs"
          maw={180}
          aria-label={`${t.account}: ${current.username}`}
        >
          <IconUser size={18} stroke={1.7} aria-hidden />
          <Text span inherit truncate ml={8} visibleFrom="xs">
            {current.username}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {current.username} · {current.accountType === 'admin' ? t.administrator : t.user}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={logOut}>
          {t.logOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
