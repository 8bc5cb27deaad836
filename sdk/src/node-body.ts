import { WebhookBodyError } from './errors.js';
import { bodyIsGone, concatenated, tooLarge } from './receive.js';

/** What we use of `http.IncomingMessage`, so that nobody needs Node's types. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Something has read from the stream. */
  readonly readableDidRead?: boolean;
  on(event: string, listener: (argument: unknown) => void): unknown;
}

/** What we use of `http.ServerResponse`. */
export interface NodeResponse {
  writeHead(status: number, headers: Record<string, string>): unknown;
  end(body?: string): unknown;
}

/**
 * The whole body as it came.
 * @throws WebhookBodyError `body-too-large`, `body-cut-off`
 * @throws TypeError when it was read before
 */
export function readNodeBody(request: NodeRequest, limit: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (request.readableDidRead) return reject(bodyIsGone());
    if (Number(request.headers['content-length']) > limit) return reject(tooLarge(limit));
    const chunks: Uint8Array[] = [];
    let total = 0;
    request.on('data', (chunk) => {
      if (!isBytes(chunk)) return reject(bodyIsGone());
      total += chunk.length;
      if (total <= limit) return chunks.push(chunk);
      // Goes on reading, and forgets: the answer is read only by a client that could write its request.
      chunks.length = 0;
      reject(tooLarge(limit));
    });
    request.on('end', () => resolve(concatenated(chunks, total)));
    const cutOff = () =>
      reject(new WebhookBodyError('body-cut-off', 'The connection closed within the body'));
    request.on('error', cutOff);
    request.on('close', cutOff);
  });
}

/** False for strings, which `setEncoding` turns chunks into. */
function isBytes(chunk: unknown): chunk is Uint8Array {
  return ArrayBuffer.isView(chunk);
}

export function answerText(response: NodeResponse, status: number, text: string): void {
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8' };
  // Nobody waits for the rest of what is too long.
  if (status === 413) headers['connection'] = 'close';
  response.writeHead(status, headers);
  response.end(text);
}
