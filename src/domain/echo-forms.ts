/** A text that is hidden from the record of an answer. */
export interface Echo {
  text: string;
  /** Hidden only where no letter or digit is right beside it. */
  whole: boolean;
}

/** Shorter values are words that an answer may well say by itself; hiding those would garble the record. */
const LEAST = 8;
/** Longer values are no words. */
const LONGEST_WORDS = 24;
const SECRET_NAME = /auth|key|token|secret|pass|credential|cookie|session|signature/i;
/** Words, paths, media types, names of places: `production`, `tower seven`, `application/json`. */
const WORDS = /^[\p{L} ,;:=/._+-]*$/u;

/**
 * What a record of this webhook's answers must not show. That is the webhook's secret, and of its own headers the
 * values of 8 characters or more whose header is named like a secret (`X-Api-Key`, `Authorization`), or that are no
 * plain words: those with a digit or an unusual sign in them, and all beyond 24 characters. Where the name gives no
 * reason, a value is hidden only as a whole. Of `Bearer …` and `Basic …` the credentials alone are secret too.
 *
 * Receivers send back what they got as JSON, HTML, in a URL, in base64, or without the white space at its ends; each
 * of these forms is hidden.
 */
export function echoesOf(secret: string | null, ownHeaders: readonly [string, string][]): Echo[] {
  const found = new Map<string, boolean>();
  const hide = (value: string, whole: boolean) => {
    const trimmed = value.trim();
    if (trimmed.length < LEAST) return;
    for (const form of formsOf(trimmed)) found.set(form, whole && (found.get(form) ?? true));
  };
  if (secret !== null) {
    hide(secret, false);
    if (secret.startsWith('whsec_')) hide(secret.slice('whsec_'.length), false);
  }
  for (const [name, value] of ownHeaders) {
    const named = SECRET_NAME.test(name);
    if (!named && WORDS.test(value) && value.trim().length <= LONGEST_WORDS) continue;
    hide(value, !named);
    for (const part of credentialsIn(value)) hide(part, !named);
  }
  return [...found].map(([text, whole]) => ({ text, whole }));
}

/** `Bearer token` → token; `Basic dXNlcjpwYXNz` → that, `user:pass` and `pass`. */
function credentialsIn(value: string): string[] {
  const [, scheme = '', credentials] = /^(\w+)\s+(\S+)\s*$/.exec(value.trim()) ?? [];
  if (credentials === undefined) return [];
  if (scheme.toLowerCase() !== 'basic') return [credentials];
  const plain = Buffer.from(credentials, 'base64').toString();
  return [credentials, plain, plain.slice(plain.indexOf(':') + 1)];
}

function formsOf(plain: string): Set<string> {
  const bytes = Buffer.from(plain);
  const json = JSON.stringify(plain).slice(1, -1);
  const percent = encodeURIComponent(plain);
  const strict = percent.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const forms = new Set([
    plain,
    // Headers are read byte by byte.
    bytes.toString('latin1'),
    json,
    ascii(json),
    // As PHP writes it.
    ascii(json.replaceAll('/', '\\/')),
    json.replaceAll('/', '\\/'),
    // As Go writes it.
    json.replace(/[&<>]/g, unicodeEscape),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
  ]);
  for (const text of [percent, strict, percent.replaceAll('%20', '+'), strict.replaceAll('%20', '+')]) {
    forms.add(text);
    forms.add(text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  }
  for (const [quote, apostrophe] of HTML_QUOTES) {
    const signs: Readonly<Record<string, string>> = {
      '&': '&amp;',
      '<': '&lt;',
      '>': '&gt;',
      '"': quote,
      "'": apostrophe,
    };
    forms.add(plain.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign));
  }
  return forms;
}

/** As PHP, Python, Go and templates in JavaScript write `"` and `'`. */
const HTML_QUOTES = [
  ['"', "'"],
  ['&quot;', "'"],
  ['&quot;', '&#039;'],
  ['&quot;', '&#39;'],
  ['&quot;', '&#x27;'],
  ['&quot;', '&apos;'],
  ['&#34;', '&#39;'],
] as const;

function ascii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, unicodeEscape);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
