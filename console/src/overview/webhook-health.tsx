import { Anchor, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from 'wouter';
import { ErrorState } from '../state/error-state.js';
import { useTexts } from '../texts/use-texts.js';
import { HealthBadge } from '../webhooks/health-badge.js';
import { Card } from './card.js';
import { useWebhookHealth } from './use-webhook-health.js';

const SHOWN = 5;
const KINDS = [
  ['healthy', '--latch-good'],
  ['open', '--latch-bad'],
  ['draining', '--latch-wait'],
  ['disabled', '--mantine-color-dimmed'],
] as const;

/** How many webhooks are well, and which are not. */
export function WebhookHealth() {
  const { t, number, fill } = useTexts('overview');
  const { data, error, refetch } = useWebhookHealth();
  if (error && !data) return <ErrorState error={error} retry={() => void refetch()} />;
  return (
    <Card
      title={t.webhooksByHealth}
      end={
        <Anchor component={Link} href="/webhooks" size="sm">
          {t.allWebhooks}
        </Anchor>
      }
    >
      {!data && <Skeleton height={120} />}
      {data && (
        <>
          <SimpleGrid cols={{ base: 2, xs: 4 }} component="dl" m={0} mb="md" className="figures">
            {KINDS.map(([kind, color]) => (
              <div key={kind}>
                <Text component="dt" size="xs" c="dimmed">
                  {t.health[kind]}
                </Text>
                <Text component="dd" m={0} fz={22} fw={650} c={data[kind] > 0 ? `var(${color})` : 'dimmed'}>
                  {kind === 'open' && data.more ? fill(t.andMore, { n: data.open }) : number(data[kind])}
                </Text>
              </div>
            ))}
          </SimpleGrid>
          {data.failing.length === 0 && (
            <Text size="sm" c="dimmed">
              {t.noneFails}
            </Text>
          )}
          <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
            {data.failing.slice(0, SHOWN).map((webhook) => (
              <Group
                key={webhook.item_uid}
                component="li"
                justify="space-between"
                wrap="nowrap"
                align="flex-start"
              >
                <Anchor
                  component={Link}
                  href={`/webhooks?edit=${webhook.item_uid}`}
                  size="sm"
                  lineClamp={1}
                  style={{ overflowWrap: 'anywhere' }}
                >
                  {webhook.url}
                </Anchor>
                <HealthBadge webhook={webhook} />
              </Group>
            ))}
          </Stack>
          {data.failing.length > SHOWN && (
            <Anchor component={Link} href="/webhooks?sort=health&order=desc" size="sm">
              {t.allFailing}
            </Anchor>
          )}
        </>
      )}
    </Card>
  );
}
