/** As the API's `locale` has them. */
export const LANGUAGES = {
  en: 'English',
  es: 'Español',
  ru: 'Русский',
  uk: 'Українська',
  pl: 'Polski',
  nl: 'Nederlands',
  tr: 'Türkçe',
  fr: 'Français',
  da: 'Dansk',
} as const;

export type Language = keyof typeof LANGUAGES;

const KEY = 'latchhook.language';

/** What was chosen here before, else the first of the browser's languages that there is. */
export function initialLanguage(): Language {
  const wanted = [localStorage.getItem(KEY), ...navigator.languages];
  for (const tag of wanted) {
    const language = tag?.split('-', 1)[0]?.toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}

/** The tag of the region where the browser is: 24 hours in en-GB, 12 in en-US. */
export function regional(language: Language): string {
  const tag = navigator.languages.find((tag) => tag.split('-', 1)[0] === language);
  return tag !== undefined && isTag(tag) ? tag : language;
}

/** A browser that was started without a locale calls its language `en-US@posix`, which no formatter takes. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

function isLanguage(tag: string | undefined): tag is Language {
  return tag !== undefined && Object.hasOwn(LANGUAGES, tag);
}
