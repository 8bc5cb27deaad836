import type { Socket } from 'node:net';
import { MAX_HEADERS } from './answer-head.js';

/** `HTTP/1.1 1xx`, of HTTP/1.0 as well; 101 is left in, since whoever switches protocols does not come back. */
const HEAD = Buffer.from('HTTP/1.1 1');
const STATUS_LENGTH = HEAD.length + 2;
const HEAD_END = '\r\n\r\n';
/** Informational answers to one request; more are not an answer but a flood, and are left in. */
export const MAX_INFORMATIONAL = 32;

/**
 * Takes informational answers out of what is read of a socket. A client has to skip them also when it did not
 * ask for them (RFC 9110, 15.2), and some receivers always send `100 Continue`, but the HTTP client takes
 * that for a fault and cuts the connection: the receiver would act, and be asked again. Only where an answer
 * may begin is anything looked at, so there must be one request at a time on the connection.
 */
export function skipInformational(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  const write = socket.write.bind(socket) as (...parts: unknown[]) => boolean;
  let beginning = false;
  let skipped = 0;
  let held: Buffer | null = null;

  socket.write = (...parts: unknown[]) => {
    beginning = true;
    skipped = 0;
    return write(...parts);
  };

  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      const chunk = read(size);
      if (!beginning || chunk === null) return chunk;
      let bytes: Buffer = held === null ? chunk : Buffer.concat([held, chunk]);
      held = null;
      while (skipped < MAX_INFORMATIONAL && bytes.length >= STATUS_LENGTH && mayBeInformational(bytes)) {
        const end = bytes.indexOf(HEAD_END);
        if (end < 0) break;
        bytes = bytes.subarray(end + HEAD_END.length);
        skipped++;
      }
      if (bytes.length === 0) continue;
      if (skipped < MAX_INFORMATIONAL && bytes.length <= MAX_HEADERS && mayBeInformational(bytes)) {
        held = bytes;
        continue;
      }
      beginning = false;
      return bytes;
    }
  };
}

/** All that there is of it reads like the start of an informational answer other than 101. */
function mayBeInformational(bytes: Buffer): boolean {
  const length = Math.min(bytes.length, HEAD.length);
  for (let n = 0; n < length; n++) {
    if (bytes[n] !== HEAD[n] && !(n === 7 && bytes[n] === 0x30)) return false;
  }
  return !(bytes[HEAD.length] === 0x30 && bytes[HEAD.length + 1] === 0x31);
}
