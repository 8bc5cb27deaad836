import { Skeleton, Stack } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useTexts } from '../texts/use-texts.js';

/** Stands where something is being read. */
export function Loading({ rows = 6 }: { rows?: number }) {
  const { t } = useTexts('frame');
  const still = useReducedMotion(false, { getInitialValueInEffect: false });
  return (
    <Stack gap="sm" aria-busy role="status" aria-label={t.loading}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton
          key={row}
          animate={!still}
          height={row === 0 ? 28 : 40}
          width={row === 0 ? '30%' : '100%'}
        />
      ))}
    </Stack>
  );
}
