/**
 * What is not seen, or turns the text around it: control characters but tab and line feed, marks of direction,
 * characters without width, line ends that JSON does not know, and tags.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;

export interface Piece {
  /** Where in the text it begins. */
  at: number;
  text: string;
  /** `text` is one character that would not be seen, or not be where it stands. */
  hidden: boolean;
}

export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  for (const { 0: character, index } of text.matchAll(HIDDEN)) {
    if (index > end) found.push({ at: end, text: text.slice(end, index), hidden: false });
    found.push({ at: index, text: character, hidden: true });
    end = index + character.length;
  }
  if (end < text.length) found.push({ at: end, text: text.slice(end), hidden: false });
  return found;
}

/** `U+202E` */
export function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
