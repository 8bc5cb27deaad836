/**
 * Arrays as PostgreSQL reads them. A group is one statement that unnests arrays, whose texts are made here:
 * the driver's own way asks the server for the types of arrays first, and is slower.
 *
 * PostgreSQL's text has no NUL, which a description or an answer's body may hold. It is written as an escape
 * that begins with U+10FFFF, a code point that no text uses; the escape is itself escaped.
 */
const ESCAPE = '\u{10ffff}';

export function toStored(text: string): string {
  if (!text.includes('\0') && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, `${ESCAPE}1`).replaceAll('\0', `${ESCAPE}0`);
}

export function fromStored(text: string): string {
  if (!text.includes(ESCAPE)) return text;
  return text.replaceAll(`${ESCAPE}0`, '\0').replaceAll(`${ESCAPE}1`, ESCAPE);
}

/** For `bigint[]`, `double precision[]` and their like. */
export function numbers(values: readonly (number | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    text += (index === 0 ? '' : ',') + (value ?? 'NULL');
  }
  return `${text}}`;
}

/** For `text[]`. */
export function texts(values: readonly (string | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? null;
    if (index > 0) text += ',';
    text += value === null ? 'NULL' : `"${toStored(value).replace(/["\\]/g, '\\$&')}"`;
  }
  return `${text}}`;
}
