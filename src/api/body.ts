import type { IncomingMessage } from 'node:http';
import { Refusal } from '../domain/errors.js';
import { ClientGone } from './errors.js';

/** Bytes; a batch of events. */
export const EVENTS_BODY_LIMIT = 8 * 1024 * 1024;
/** Bytes; everything else. */
export const BODY_LIMIT = 256 * 1024;

/**
 * Bytes past the limit that are still taken off the line, and thrown away. Many clients read nothing before
 * they have written everything, and would see a broken connection in place of the 413.
 */
const DRAIN = 16 * 1024 * 1024;

/** The raw body. @throws Refusal `body-too-large`, `ClientGone` */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers['content-length'] ?? 0) > limit + DRAIN) {
      reject(new Refusal('body-too-large'));
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    let ended = false;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        if (length > limit + DRAIN) {
          request.pause();
          reject(new Refusal('body-too-large'));
        }
      }
    });
    request.on('end', () => {
      ended = true;
      if (length > limit) reject(new Refusal('body-too-large'));
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
    });
    request.on('error', (cause) => reject(new ClientGone('the request broke off', { cause })));
    request.on('close', () => {
      // Closes behind every request: an error made for each costs a fourteenth of all work on events.
      if (!ended) reject(new ClientGone('the request broke off'));
    });
  });
}
