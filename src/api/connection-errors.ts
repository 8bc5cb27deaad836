import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorCode } from '../domain/errors.js';
import { SECURITY_HEADERS } from './security-headers.js';

const REFUSALS: Readonly<Record<string, ErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'body-too-large',
};

/** Answers what is not HTTP, or comes too slowly or too large to become a request, and ends the connection. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable || answerHasBegun(socket)) {
    socket.destroy();
    return;
  }
  answer(socket, REFUSALS[error.code ?? ''] ?? 'bad-request');
}

/** CONNECT: we are no proxy. */
export function refuseConnect(socket: Duplex): void {
  answer(socket, 'method-not-allowed', 'Allow: GET, HEAD, POST, PUT, DELETE\r\n');
}

/** Bytes written into an answer under way would be taken for its body. */
function answerHasBegun(socket: Duplex): boolean {
  const { _httpMessage: message } = socket as { _httpMessage?: { headersSent?: boolean } | null };
  return message?.headersSent === true;
}

function answer(socket: Duplex, code: ErrorCode, header = ''): void {
  const [status, text] = ERRORS[code];
  const body = JSON.stringify({ error: text });
  const security = Object.entries(SECURITY_HEADERS)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  // The peer may be gone meanwhile: nothing is left to do for it then.
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n${header}${security}\r\n${body}`,
    () => socket.destroy(),
  );
}
