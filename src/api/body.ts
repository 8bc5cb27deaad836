import type { IncomingMessage } from 'node:http';
import { Refusal } from '../domain/errors.js';
import { BodyBytes } from './body-bytes.js';
import { ClientGone } from './errors.js';
import type { Unfinished } from './unfinished.js';

/** Bytes; a batch of events. */
export const EVENTS_BODY_LIMIT = 8 * 1024 * 1024;

/**
 * Bytes past the limit that are still taken off the line, and thrown away. Many clients read nothing before
 * they have written everything, and would see a broken connection in place of the 413.
 */
const DRAIN = 16 * 1024 * 1024;

export interface BodyTerms {
  /** Bytes. */
  limit: number;
  unfinished: Unfinished;
  /** Whose body it is. */
  credential: string;
}

/** The raw body. @throws Refusal `body-too-large`, `ClientGone` */
export function readBody(
  request: IncomingMessage,
  { limit, unfinished, credential }: BodyTerms,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Its `close` is over when the client left while its credentials were looked up.
    if (request.destroyed) {
      reject(new ClientGone('the client left'));
      return;
    }
    if (Number(request.headers['content-length'] ?? 0) > limit + DRAIN) {
      reject(new Refusal('body-too-large'));
      return;
    }
    const memory = unfinished.begin(request, credential);
    let bytes: BodyBytes | null = new BodyBytes();
    let length = 0;
    let ended = false;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (bytes && length <= limit) {
        bytes.add(chunk);
        memory.keeps(bytes.kept);
        return;
      }
      bytes = null;
      memory.end();
      if (length > limit + DRAIN) {
        request.pause();
        reject(new Refusal('body-too-large'));
      }
    });
    request.on('end', () => {
      ended = true;
      memory.end();
      if (bytes) resolve(bytes.whole());
      else reject(new Refusal('body-too-large'));
    });
    request.on('error', (cause) => reject(new ClientGone('the request broke off', { cause })));
    request.on('close', () => {
      memory.end();
      // Closes behind every request: an error made for each costs a fourteenth of all work on events.
      if (!ended) reject(new ClientGone('the request broke off'));
    });
  });
}
