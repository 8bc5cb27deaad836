import type { Socket } from 'node:net';

/** Bytes of an answer's headers that are read. */
export const MAX_HEADERS = 64 * 1024;

/** An answer as far as it can be told from its bytes alone, whatever an HTTP parser thinks of the rest. */
export interface PlainHead {
  /** 200 to 999 */
  status: number;
  /** Name, value, name, value, … of the lines that have a colon. */
  headers: string[];
  /** What came after the headers, as it came over the wire. */
  body: Buffer;
  /** What an HTTP parser refuses in it, in words without anything of the receiver's; null: nothing is found. */
  fault: string | null;
}

/**
 * The beginning of an answer, remembered until its headers are read. The HTTP client tells nothing of an answer in
 * whose headers its parser finds a fault, while the receiver, who said 200, has acted.
 */
export class AnswerHead {
  /** Most answers come in one. */
  #first: Buffer | null = null;
  #others: Buffer[] | null = null;
  #size = 0;
  #open = true;

  /** A request is about to be written. */
  begin(): void {
    this.forget();
    this.#open = true;
  }

  add(chunk: Buffer): void {
    if (!this.#open || this.#size > MAX_HEADERS) return;
    if (this.#first === null) {
      this.#first = chunk;
    } else {
      this.#others ??= [];
      this.#others.push(chunk);
    }
    this.#size += chunk.length;
  }

  /** The headers are read, or of no more use. */
  forget(): void {
    this.#open = false;
    this.#first = null;
    this.#others = null;
    this.#size = 0;
  }

  /** Nothing of an answer has come, or nothing of it is of use any more. */
  get empty(): boolean {
    return this.#size === 0;
  }

  /** null: the status line of a final answer has not come whole. */
  read(): PlainHead | null {
    const first = this.#first;
    const others = this.#others;
    return first && readHead(others === null ? first : Buffer.concat([first, ...others]));
  }

  /** What else the receiver speaks, by the first bytes of its answer; null: that cannot be told. */
  get otherProtocol(): 'TLS' | 'HTTP/2' | null {
    const first = this.#first;
    if (first === null) return null;
    // An alert, in whatever version.
    if (first[0] === 0x15 && first[1] === 0x03) return 'TLS';
    // HTTP/2 begins with a frame of type 4 on stream 0.
    return first.length >= 9 && first[0] === 0 && first[3] === 4 && first.readUInt32BE(5) === 0
      ? 'HTTP/2'
      : null;
  }
}

/**
 * Adds what is read of a socket to a head that is told when a request begins, which is all that it costs an answer
 * that is well. There must be one request at a time.
 */
export function rememberHead(socket: Socket): AnswerHead {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  const head = new AnswerHead();

  socket.read = (size?: number): Buffer | null => {
    const chunk = read(size);
    if (chunk !== null) head.add(chunk);
    return chunk;
  };
  return head;
}

/** Blank lines before it are skipped by every client. */
const STATUS_LINE = /^[\r\n]*HTTP\/\d(?:\.\d)? +([2-9]\d\d)(?: [^\n]*)?\r?\n/;

function readHead(bytes: Buffer): PlainHead | null {
  const text = bytes.toString('latin1');
  const line = STATUS_LINE.exec(text);
  if (line === null) return null;
  const [statusLine, status] = line;
  const rest = text.slice(statusLine.length);
  const blank = /^\r?\n|\n\r?\n/.exec(rest);
  const end = blank === null ? rest.length : blank.index + blank[0].length;
  const lines = rest.slice(0, end).split('\n');
  // Behind the last line break there is nothing, or a line that was cut off.
  lines.pop();
  return {
    status: Number(status),
    headers: lines.flatMap(nameAndValue),
    body: bytes.subarray(statusLine.length + end),
    fault: statusLine.endsWith('\r\n') ? faultIn(lines) : WITHOUT_CR,
  };
}

function nameAndValue(line: string): [string, string] | [] {
  const colon = line.indexOf(':');
  return colon < 0 ? [] : [line.slice(0, colon), line.slice(colon + 1).trim()];
}

const WITHOUT_CR = 'a line ends in LF without CR';
const TOKEN = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

/** The first thing in these lines that a strict parser refuses; they end in what stood before LF. */
function faultIn(lines: readonly string[]): string | null {
  const lengths = new Set<string>();
  let encoded = false;
  for (const line of lines) {
    if (!line.endsWith('\r')) return WITHOUT_CR;
    if (line === '\r') break;
    const [name, value] = nameAndValue(line.slice(0, -1));
    if (/^[ \t]/.test(line)) continue;
    if (name === undefined || value === undefined) return 'a header line has no colon';
    if (!TOKEN.test(name)) return 'the name of a header has a character that no name may have';
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value)) return 'the value of a header has a control character';
    const known = name.toLowerCase();
    if (known === 'content-length') {
      if (!/^\d+$/.test(value)) return 'Content-Length is no number';
      if (lengths.size > 0)
        return lengths.has(value)
          ? 'Content-Length came twice'
          : 'Content-Length came twice, with two values';
      lengths.add(value);
    }
    encoded ||= known === 'transfer-encoding';
    if (encoded && lengths.size > 0) return 'Content-Length and Transfer-Encoding came together';
  }
  return null;
}
