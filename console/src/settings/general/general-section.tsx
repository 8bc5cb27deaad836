import {
  Button,
  Group,
  Paper,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Title,
  useMantineColorScheme,
} from '@mantine/core';
import { navigate } from 'wouter/use-browser-location';
import { BASE_PATH } from '../../base.js';
import { firstSteps } from '../../first-run/first-steps.js';
import { useMayChange } from '../../session/session.js';
import { LANGUAGES, type Language } from '../../texts/language.js';
import { useLanguage } from '../../texts/language-provider.js';
import { useTexts } from '../../texts/use-texts.js';

const SCHEMES = ['light', 'dark', 'auto'] as const;

/** What is kept in this browser, and is the same for every account. */
export default function GeneralSection() {
  const { t } = useTexts('settings');
  const { language, choose } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mayChange = useMayChange();
  return (
    <Stack gap="md" maw={720} component="section" aria-label={t.sections.general}>
      <Paper withBorder p="md">
        <Title order={2} id="language-title" mb={2}>
          {t.languageTitle}
        </Title>
        <Text size="sm" c="dimmed" mb="md">
          {t.languageText}
        </Text>
        <Radio.Group
          aria-labelledby="language-title"
          value={language}
          onChange={(chosen) => choose(chosen as Language)}
        >
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
            {(Object.keys(LANGUAGES) as Language[]).map((one) => (
              <Radio key={one} value={one} label={LANGUAGES[one]} lang={one} />
            ))}
          </SimpleGrid>
        </Radio.Group>
      </Paper>
      <Paper withBorder p="md">
        <Title order={2} id="colours-title" mb={2}>
          {t.coloursTitle}
        </Title>
        <Text size="sm" c="dimmed" mb="md">
          {t.coloursText}
        </Text>
        <Radio.Group
          aria-labelledby="colours-title"
          value={colorScheme}
          onChange={(chosen) => setColorScheme(chosen as (typeof SCHEMES)[number])}
        >
          <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
            {SCHEMES.map((value) => (
              <Radio key={value} value={value} label={t.colours[value]} />
            ))}
          </SimpleGrid>
        </Radio.Group>
      </Paper>
      {mayChange && (
        <Paper withBorder p="md">
          <Group justify="space-between" gap="md">
            <div style={{ flex: '1 1 16rem' }}>
              <Title order={2} mb={2}>
                {t.firstStepsTitle}
              </Title>
              <Text size="sm" c="dimmed">
                {t.firstStepsText}
              </Text>
            </div>
            <Button
              variant="default"
              onClick={() => {
                firstSteps.set('shown');
                navigate(`${BASE_PATH}/`);
              }}
            >
              {t.showFirstSteps}
            </Button>
          </Group>
        </Paper>
      )}
    </Stack>
  );
}
