import type { Echo } from './echo-forms.js';
import { MASK } from './masked-headers.js';

/** Characters of the beginning of a secret that are hidden at the end of a text, where it may have been cut. */
const LEAST_CUT = 4;

type Span = [from: number, to: number];

/**
 * Takes the webhook's own secrets out of what a receiver said: some answer with the request's headers, and a record
 * is read by people who may not see these. Where they overlap, all that is part of one is hidden.
 */
export function maskEchoes(text: string | null, echoes: readonly Echo[]): string | null {
  if (text === null) return null;
  const spans: Span[] = [];
  for (const echo of echoes) {
    spansOf(text, echo, spans);
    const cut = cutAtEnd(text, echo.text);
    if (cut > 0) spans.push([text.length - cut, text.length]);
  }
  if (spans.length === 0) return text;
  spans.sort(([a], [b]) => a - b);
  let masked = '';
  let shown = 0;
  for (const [from, to] of spans) {
    if (from >= shown) masked += text.slice(shown, from) + MASK;
    shown = Math.max(shown, to);
  }
  return masked + text.slice(shown);
}

function spansOf(text: string, { text: secret, whole }: Echo, spans: Span[]): void {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
    const end = at + secret.length;
    if (whole && (isWordPart(text[at - 1]) || isWordPart(text[end]))) continue;
    spans.push([at, end]);
  }
}

/** How many characters at the end of the text are the beginning of the secret. */
function cutAtEnd(text: string, secret: string): number {
  const head = secret.slice(0, LEAST_CUT);
  const first = Math.max(0, text.length - secret.length + 1);
  for (let at = text.indexOf(head, first); at >= 0; at = text.indexOf(head, at + 1)) {
    if (secret.startsWith(text.slice(at))) return text.length - at;
  }
  return 0;
}

function isWordPart(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
