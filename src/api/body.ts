import type { IncomingMessage } from 'node:http';
import { Refusal } from '../domain/errors.js';
import { BodyBytes } from './body-bytes.js';
import { Decoding, encodingOf } from './decoding.js';
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

/**
 * The body, decoded. What nobody has proved to be allowed is not decoded: it costs memory before it costs bytes.
 * @throws Refusal `body-too-large`, `unsupported-encoding`, `wrong-encoding`; `ClientGone`
 */
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
    const encoding = encodingOf(request);
    if (encoding && credential === '') throw new Refusal('unsupported-encoding');
    let bytes: BodyBytes | null = new BodyBytes();
    let length = 0;
    let sent = 0;
    let ended = false;
    const give = () => {
      memory.end();
      if (bytes) resolve(bytes.whole());
      else reject(new Refusal('body-too-large'));
    };
    const giveUp = () => {
      bytes = null;
      memory.end();
      decoding?.destroy();
    };
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (!bytes) return;
      if (length > limit) {
        giveUp();
        // What comes yet is thrown away.
        if (ended) reject(new Refusal('body-too-large'));
        else if (decoding) request.resume();
        return;
      }
      bytes.add(chunk);
      memory.keeps(bytes.kept + (encoding?.memory ?? 0));
    };
    const decoding = encoding
      ? new Decoding({
          request,
          encoding,
          onBytes: take,
          onEnd: give,
          onFault: (cause) => {
            giveUp();
            request.resume();
            reject(new Refusal('wrong-encoding', '', { cause }));
          },
        })
      : null;
    const memory = unfinished.begin(decoding ?? request, credential);
    if (encoding) memory.keeps(encoding.memory);
    request.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (bytes && decoding) decoding.write(chunk);
      else take(chunk);
      if (!bytes && sent > limit + DRAIN) {
        request.pause();
        reject(new Refusal('body-too-large'));
      }
    });
    request.on('end', () => {
      ended = true;
      if (bytes && decoding) decoding.end();
      else give();
    });
    request.on('error', (cause) => reject(new ClientGone('the request broke off', { cause })));
    request.on('close', () => {
      // Closes behind every request: an error made for each costs a fourteenth of all work on events.
      if (ended) return;
      giveUp();
      reject(new ClientGone('the request broke off'));
    });
  });
}
