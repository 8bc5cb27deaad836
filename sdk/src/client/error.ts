/** What the server said in place of an answer. */
export class LatchhookError extends Error {
  override readonly name = 'LatchhookError';
  readonly status: number;
  /** The text of the refusal to the letter, as `docs/errors.md` lists it. */
  readonly text: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Seconds until a further try makes sense; null when the server does not say. */
  readonly retryAfter: number | null;

  constructor(refused: {
    status: number;
    text: string;
    method: string;
    path: string;
    retryAfter: number | null;
  }) {
    super(`${refused.method} ${refused.path}: ${refused.status} ${refused.text}`);
    this.status = refused.status;
    this.text = refused.text;
    this.method = refused.method;
    this.path = refused.path;
    this.retryAfter = refused.retryAfter;
  }
}
