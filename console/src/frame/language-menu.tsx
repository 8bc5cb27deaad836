import { Button, Menu, Text } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { LANGUAGES, type Language } from '../texts/language.js';
import { useLanguage } from '../texts/language-provider.js';
import { useTexts } from '../texts/use-texts.js';

export function LanguageMenu() {
  const { t } = useTexts('frame');
  const { language, choose } = useLanguage();
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="sm"
          px="xs"
          aria-label={`${t.language}: ${LANGUAGES[language]}`}
        >
          <IconLanguage size={18} stroke={1.7} aria-hidden />
          <Text span inherit ml={8} visibleFrom="xs">
            {LANGUAGES[language]}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(chosen) => choose(chosen as Language)}>
          {(Object.keys(LANGUAGES) as Language[]).map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one}>
              {LANGUAGES[one]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
