/** Bytes; a smaller piece is copied to others. A `Buffer` of one byte takes hundreds, and so a body in such chunks gigabytes. */
const SMALL = 4 * 1024;
const SEGMENT = 16 * 1024;

/** The bytes of a body as they come, in memory that is in proportion to them whatever their pieces are. */
export class BodyBytes {
  #pieces: Buffer[] = [];
  /** The last piece, while it has room. */
  #open: Buffer | null = null;
  #used = 0;
  #length = 0;
  #kept = 0;

  /** Bytes of memory. */
  get kept(): number {
    return this.#kept;
  }

  add(chunk: Buffer): void {
    this.#length += chunk.length;
    let rest = chunk;
    if (this.#open) {
      const copied = rest.copy(this.#open, this.#used);
      this.#used += copied;
      if (this.#used === this.#open.length) this.#open = null;
      rest = rest.subarray(copied);
    }
    if (rest.length === 0) return;
    // Nearly every body is one piece.
    if (this.#pieces.length === 0 || rest.length >= SMALL) {
      this.#keep(rest, chunk.length);
      return;
    }
    const segment = Buffer.allocUnsafeSlow(Math.max(SMALL, Math.min(SEGMENT, this.#length)));
    this.#keep(segment, segment.length);
    this.#used = rest.copy(segment);
    this.#open = segment;
  }

  /** All of them. */
  whole(): Buffer {
    const [only] = this.#pieces;
    if (only && this.#pieces.length === 1) return only;
    return Buffer.concat(this.#pieces, this.#length);
  }

  #keep(piece: Buffer, bytes: number): void {
    this.#pieces.push(piece);
    this.#kept += bytes;
  }
}
