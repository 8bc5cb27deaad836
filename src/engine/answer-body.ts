import type { Transform } from 'node:stream';
import zlib from 'node:zlib';
import { bodyText } from './answer.js';

/** Bytes of a body, decoded, that are read before the connection is dropped. */
export const READ_BODY = 64 * 1024;

/** Takes a body in as it comes, keeps the beginning, and says when enough was read. */
export interface AnswerBody {
  push(chunk: Buffer): void;
  /** Nothing more comes; null, or a promise of the rest being decoded. Never rejects. */
  end(): Promise<void> | null;
  /** What is kept, at any time. */
  text(): string;
}

/**
 * `keep`: bytes of text to keep. `enough` is called once when more than `READ_BODY` bytes have come, in a
 * `push` or later. Unknown encodings are kept as the bytes that they are.
 */
export function openBody(encoding: string | undefined, keep: number, enough: () => void): AnswerBody {
  const open = encoding === undefined ? undefined : DECODERS.get(encoding.trim().toLowerCase());
  return open ? new EncodedBody(open, keep, enough) : new PlainBody(keep, enough);
}

class PlainBody implements AnswerBody {
  readonly #keep: number;
  readonly #enough: () => void;
  readonly #kept: Buffer[] = [];
  #size = 0;

  constructor(keep: number, enough: () => void) {
    this.#keep = keep;
    this.#enough = enough;
  }

  push(chunk: Buffer): void {
    const before = this.#size;
    this.#size += chunk.length;
    // One byte more than is kept shows whether the last character was cut.
    if (before <= this.#keep) this.#kept.push(chunk);
    if (before <= READ_BODY && this.#size > READ_BODY) this.#enough();
  }

  end(): null {
    return null;
  }

  text(): string {
    return bodyText(this.#kept, this.#keep);
  }
}

type OpenDecoder = (first: Buffer) => Transform;

// A flush in place of an end: a body that is cut short still gives what there is of it.
const INFLATE = { finishFlush: zlib.constants.Z_SYNC_FLUSH };
const BROTLI = { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH };

const gunzip: OpenDecoder = () => zlib.createGunzip(INFLATE);
// The standard says zlib; some send the bare stream.
const inflate: OpenDecoder = (first) =>
  ((first[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate(INFLATE) : zlib.createInflateRaw(INFLATE);
/** No object: a receiver may name its encoding `constructor`. */
const DECODERS: ReadonlyMap<string, OpenDecoder> = new Map([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', inflate],
  ['br', () => zlib.createBrotliDecompress(BROTLI)],
]);

/** Decodes as it comes and stops at the limit, so that a bomb never unfolds. */
class EncodedBody implements AnswerBody {
  readonly #open: OpenDecoder;
  readonly #raw: PlainBody;
  readonly #decoded: PlainBody;
  #decoder: Transform | null = null;
  #broken = false;
  #finished: Promise<void> | null = null;

  constructor(open: OpenDecoder, keep: number, enough: () => void) {
    this.#open = open;
    const stop = () => {
      this.#decoder?.destroy();
      enough();
    };
    this.#raw = new PlainBody(keep, stop);
    this.#decoded = new PlainBody(keep, stop);
  }

  push(chunk: Buffer): void {
    const decoder = this.#decoder ?? this.#start(chunk);
    if (!decoder.destroyed) decoder.write(chunk);
    this.#raw.push(chunk);
  }

  end(): Promise<void> | null {
    this.#decoder?.end();
    return this.#finished;
  }

  text(): string {
    return (this.#broken ? this.#raw : this.#decoded).text();
  }

  #start(first: Buffer): Transform {
    const decoder = this.#open(first);
    this.#decoder = decoder;
    decoder.on('data', (chunk: Buffer) => this.#decoded.push(chunk));
    this.#finished = new Promise((resolve) => {
      decoder.on('error', () => {
        this.#broken = true;
      });
      decoder.on('close', resolve);
    });
    return decoder;
  }
}
