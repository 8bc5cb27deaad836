import { DirectionProvider } from '@mantine/core';
import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react';
import { keepLanguage, type Language } from './language.js';
import { haveTexts } from './loading.js';

const LanguageContext = createContext<{ language: Language; choose: (language: Language) => void }>({
  language: 'en',
  choose: () => {},
});

export function LanguageProvider({ initial, children }: { initial: Language; children: ReactNode }) {
  const [language, setLanguage] = useState(initial);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const choose = async (chosen: Language) => {
    keepLanguage(chosen);
    // The page stays as it is until the texts are there, and where they cannot be had: nothing guards the frame.
    if (await haveTexts(chosen, 'frame')) startTransition(() => setLanguage(chosen));
  };
  return (
    <DirectionProvider>
      <LanguageContext value={{ language, choose }}>{children}</LanguageContext>
    </DirectionProvider>
  );
}

export function useLanguage() {
  return useContext(LanguageContext);
}
