import { LatchhookError } from '@latchhook/sdk/client';
import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTexts } from '../texts/use-texts.js';

/** What could not be read or done, in the server's own words. */
export function ErrorState({ error, retry }: { error: Error; retry?: () => void }) {
  const { t } = useTexts('frame');
  return (
    <Alert color="red" variant="light" role="alert" icon={<IconAlertTriangle aria-hidden />} title={t.failed}>
      <Group justify="space-between">
        <Text size="sm">{refusalText(error, t.unreachable)}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {t.tryAgain}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

/** @param unreachable said where the server did not answer at all */
export function refusalText(error: Error, unreachable: string): string {
  return error instanceof LatchhookError ? error.text : unreachable;
}
