import { Skeleton, Stack } from '@mantine/core';
import { useTexts } from '../texts/use-texts.js';

/** Stands where something is being read. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTexts('frame');
  return (
    <Stack gap="sm" aria-busy role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={row === 0 ? 28 : 40} width={row === 0 ? '30%' : '100%'} />
      ))}
    </Stack>
  );
}
