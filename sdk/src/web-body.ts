import { bodyIsGone, concatenated, tooLarge } from './receive.js';

/**
 * The whole body of a web platform's request.
 * @throws WebhookBodyError `body-too-large`
 * @throws TypeError when it was read before
 */
export async function readWebBody(request: Request, limit: number): Promise<Uint8Array> {
  if (request.bodyUsed) throw bodyIsGone();
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge(limit);
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return concatenated(chunks, total);
    total += value.length;
    if (total > limit) {
      // Not waited for: some platforms resolve it only when the sender is done.
      reader.cancel().catch(() => undefined);
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}
