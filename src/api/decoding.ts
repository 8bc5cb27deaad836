import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { Refusal } from '../domain/errors.js';

/** What a client is told that was refused for its encoding (RFC 9110, 15.5.16). */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

export interface Encoding {
  /** Bytes of memory that decoding one body takes beside what comes of it, at most. */
  memory: number;
  /** @param first what the body begins with */
  decoder(first: Buffer): Transform;
}

/** The low half of the first byte of zlib's format; some clients leave that away from what they call deflate. */
const ZLIB = 8;

const GZIP: Encoding = { memory: 64 * 1024, decoder: () => createGunzip() };
const DEFLATE: Encoding = {
  memory: GZIP.memory,
  decoder: ([byte = 0]) => ((byte & 0x0f) === ZLIB ? createInflate() : createInflateRaw()),
};
/** Its window has up to 16 MiB. */
const BROTLI: Encoding = { memory: 16 * 1024 * 1024, decoder: () => createBrotliDecompress() };

const ENCODINGS = new Map<string, Encoding | null>([
  ['', null],
  ['identity', null],
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['deflate', DEFLATE],
  ['br', BROTLI],
]);

/** Null: the body is as it comes. @throws Refusal `unsupported-encoding`, for several one after the other too */
export function encodingOf({ headers }: IncomingMessage): Encoding | null {
  const encoding = ENCODINGS.get(headers['content-encoding']?.trim().toLowerCase() ?? '');
  if (encoding === undefined) throw new Refusal('unsupported-encoding');
  return encoding;
}

export interface DecodingParts {
  request: Pick<IncomingMessage, 'pause' | 'resume'>;
  encoding: Encoding;
  onBytes(bytes: Buffer): void;
  onEnd(): void;
  onFault(cause: unknown): void;
}

/** Decodes what is written, and while it is paused nothing: so no more comes of it than there is room for. */
export class Decoding {
  readonly #parts: DecodingParts;
  /** Written and not decoded yet; few, since the request is paused meanwhile. */
  #waiting: Buffer[] = [];
  #decoder: Transform | null = null;
  #isPaused = false;
  #isEnded = false;

  constructor(parts: DecodingParts) {
    this.#parts = parts;
  }

  write(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#go();
  }

  end(): void {
    this.#isEnded = true;
    this.#go();
  }

  pause(): void {
    this.#isPaused = true;
    this.#decoder?.pause();
    this.#parts.request.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#decoder?.resume();
    this.#go();
  }

  /** Twice is fine. */
  destroy(): void {
    this.#waiting = [];
    this.#decoder?.destroy();
  }

  #go(): void {
    const { request } = this.#parts;
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      this.#decoder ??= this.#begin(next);
      if (this.#isPaused || this.#decoder.writableNeedDrain) {
        request.pause();
        return;
      }
      this.#waiting.shift();
      this.#decoder.write(next);
    }
    if (this.#isEnded) {
      if (this.#decoder) this.#decoder.end();
      else this.#parts.onEnd();
    } else if (!this.#isPaused) request.resume();
  }

  #begin(first: Buffer): Transform {
    const { encoding, onBytes, onEnd, onFault } = this.#parts;
    return encoding
      .decoder(first)
      .on('data', onBytes)
      .on('end', onEnd)
      .on('error', onFault)
      .on('drain', () => this.#go());
  }
}
