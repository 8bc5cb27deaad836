import type { Socket } from 'node:net';

/**
 * Bytes of one answer as they come over the wire, with informational answers, headers and the signs between chunks.
 * 64 KiB of a body in chunks of one byte are six times that.
 */
export const MAX_ANSWER = 1024 * 1024;

export class AnswerTooLong extends Error {
  override readonly name = 'AnswerTooLong';

  constructor() {
    super(`an answer of more than ${MAX_ANSWER / 1024} KiB`);
  }
}

/**
 * Destroys the socket once more than `MAX_ANSWER` bytes are read of it after a request. Headers and body have limits
 * of their own, but an HTTP parser throws much away uncounted: the reason phrase, white space, chunk extensions. There
 * must be one request at a time on the connection.
 */
export function boundAnswer(socket: Socket): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  const write = socket.write.bind(socket) as (...parts: unknown[]) => boolean;
  let size = 0;

  socket.write = (...parts: unknown[]) => {
    size = 0;
    return write(...parts);
  };

  socket.read = (limit?: number): Buffer | null => {
    const chunk = read(limit);
    if (chunk === null) return null;
    size += chunk.length;
    if (size <= MAX_ANSWER) return chunk;
    socket.destroy(new AnswerTooLong());
    return null;
  };
}
