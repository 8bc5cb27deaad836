import { Alert } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useConnectionLost } from '../client/connection.js';
import { useTexts } from '../texts/use-texts.js';

export function ConnectionBanner() {
  const { t } = useTexts('frame');
  const lost = useConnectionLost();
  return (
    <div role="status">
      {lost && (
        <Alert
          color="orange"
          variant="light"
          mb="md"
          icon={<IconPlugConnectedX aria-hidden />}
          title={t.lost}
        >
          {t.lostText}
        </Alert>
      )}
    </div>
  );
}
