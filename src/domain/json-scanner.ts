import { Refusal } from './errors.js';

/** Containers within containers; deeper text is refused, so that nothing behind us can be made to recurse. */
export const MAX_JSON_DEPTH = 128;

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
export const OPEN_BRACKET = 0x5b;
export const OPEN_BRACE = 0x7b;
/** From an opening bracket or brace to the closing one. */
const TO_CLOSING = 2;

const LITERALS = ['true', 'false', 'null'].map((word) => Buffer.from(word));

/**
 * Goes over bytes that are UTF-8 and accepts what `JSON.parse` accepts, nested up to the limit. It makes no value,
 * so that its time depends on the number of bytes alone: a million small objects cost `JSON.parse` 50 times as much.
 * Every method throws Refusal `wrong-json` where the bytes are no JSON.
 */
export class JsonScanner {
  readonly #bytes: Uint8Array;
  /** Containers that `skip` has entered and not left. */
  readonly #open: number[] = [];
  /** Those that `enter` has entered. */
  #entered = 0;
  /** Begun so far; members' names are none. */
  values = 0;
  /** The next byte. */
  at = 0;
  /** Where `skip` stops. */
  until = Number.POSITIVE_INFINITY;
  /** Where the name that `name` read stands, with its quotes. */
  nameStart = 0;
  nameEnd = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    // A byte order mark
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** The next byte that is no white space; undefined at the end. */
  peek(): number | undefined {
    this.#space();
    return this.#bytes[this.at];
  }

  end(): void {
    if (this.peek() !== undefined) throw new Refusal('wrong-json');
  }

  /** Into the container that begins here. False: it is empty, and was left. */
  enter(): boolean {
    const opening = this.#bytes[this.at] ?? 0;
    this.at++;
    this.values++;
    if (this.peek() !== opening + TO_CLOSING) {
      this.#entered++;
      return true;
    }
    this.at++;
    return false;
  }

  /** From behind a value to the next one of the entered container. False: there is none, and it was left. */
  next(opening: number): boolean {
    const c = this.peek();
    this.at++;
    if (c === COMMA) {
      this.#space();
      return true;
    }
    if (c !== opening + TO_CLOSING) throw new Refusal('wrong-json');
    this.#entered--;
    return false;
  }

  /** From a member's name to its value. */
  name(): void {
    if (this.#bytes[this.at] !== QUOTE) throw new Refusal('wrong-json');
    this.nameStart = this.at;
    this.at = this.nameEnd = this.#string(this.at);
    if (this.peek() !== COLON) throw new Refusal('wrong-json');
    this.at++;
    this.#space();
  }

  /**
   * Goes behind the value that begins here. False: it stopped before a value within, at `until` or a little later,
   * and goes on when it is called again.
   */
  skip(): boolean {
    const open = this.#open;
    for (;;) {
      if (open.length > 0 && this.at >= this.until) return false;
      if (this.#begin()) continue;
      // Behind a value: as many closing brackets as there are, then a comma.
      for (;;) {
        const opening = open[open.length - 1];
        if (opening === undefined) return true;
        const c = this.peek();
        this.at++;
        if (c === COMMA) {
          this.#space();
          if (opening === OPEN_BRACE) this.name();
          break;
        }
        if (c !== opening + TO_CLOSING) throw new Refusal('wrong-json');
        open.pop();
      }
    }
  }

  /** Goes behind a scalar or an empty container. True: into another container, to its first value. */
  #begin(): boolean {
    this.values++;
    const c = this.peek();
    if (c === QUOTE) this.at = this.#string(this.at);
    else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (this.#entered + this.#open.length >= MAX_JSON_DEPTH) throw new Refusal('wrong-json');
      this.at++;
      if (this.peek() !== c + TO_CLOSING) {
        this.#open.push(c);
        if (c === OPEN_BRACE) this.name();
        return true;
      }
      this.at++;
    } else if (c === MINUS || isDigit(c)) this.#number();
    else this.#literal();
    return false;
  }

  #space(): void {
    const bytes = this.#bytes;
    let at = this.at;
    for (;;) {
      const c = bytes[at];
      if (c !== SPACE && c !== NEWLINE && c !== RETURN && c !== TAB) break;
      at++;
    }
    this.at = at;
  }

  /** The place behind the string whose quote stands at `start`. */
  #string(start: number): number {
    const bytes = this.#bytes;
    for (let at = start + 1; ; at++) {
      const c = bytes[at];
      if (c === QUOTE) return at + 1;
      if (c === undefined || c < SPACE) throw new Refusal('wrong-json');
      if (c !== BACKSLASH) continue;
      at++;
      if (bytes[at] === SMALL_U) {
        for (let digit = 0; digit < 4; digit++) if (!isHex(bytes[++at])) throw new Refusal('wrong-json');
      } else if (!isEscape(bytes[at])) throw new Refusal('wrong-json');
    }
  }

  #number(): void {
    const bytes = this.#bytes;
    if (bytes[this.at] === MINUS) this.at++;
    if (bytes[this.at] === ZERO) this.at++;
    else this.#digits();
    if (bytes[this.at] === DOT) {
      this.at++;
      this.#digits();
    }
    // e or E
    if (((bytes[this.at] ?? 0) | 0x20) === 0x65) {
      this.at++;
      if (bytes[this.at] === PLUS || bytes[this.at] === MINUS) this.at++;
      this.#digits();
    }
  }

  /** One or more. */
  #digits(): void {
    const start = this.at;
    while (isDigit(this.#bytes[this.at])) this.at++;
    if (this.at === start) throw new Refusal('wrong-json');
  }

  #literal(): void {
    const word = LITERALS.find((literal) => literal[0] === this.#bytes[this.at]);
    if (!word) throw new Refusal('wrong-json');
    for (const c of word) if (this.#bytes[this.at++] !== c) throw new Refusal('wrong-json');
  }
}

/** The place behind the string at `start`, in bytes that a scanner has accepted. */
export function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

export function isSpace(c: number | undefined): boolean {
  return c === SPACE || c === NEWLINE || c === RETURN || c === TAB;
}

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= ZERO && c <= 0x39;
}

function isHex(c: number | undefined): boolean {
  return isDigit(c) || (c !== undefined && (c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);
}

function isEscape(c: number | undefined): boolean {
  return c !== undefined && '"\\/bfnrt'.includes(String.fromCharCode(c));
}
