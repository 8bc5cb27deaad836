import { Anchor } from '@mantine/core';
import { Link } from 'wouter';
import { EmptyState } from '../state/empty-state.js';
import { useTexts } from '../texts/use-texts.js';
import { PageHead } from './page-head.js';

export function NotFound() {
  const { t } = useTexts('frame');
  return (
    <>
      <PageHead title={t.notFound} />
      <EmptyState text={t.notFoundText}>
        <Anchor component={Link} href="/">
          {t.navigation.overview}
        </Anchor>
      </EmptyState>
    </>
  );
}
