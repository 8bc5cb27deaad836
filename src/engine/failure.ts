import { errors } from 'undici';
import type { AttemptError, AttemptErrorKind } from '../domain/delivery.js';
import { AnswerTooLong } from './answer-bound.js';
import { MAX_HEADERS } from './answer-head.js';
import { AddressNotAllowed } from './egress.js';
import { NameNotResolved } from './lookup.js';
import { tlsWords } from './tls-failure.js';

/** How far an exchange had come: `headers` is waiting for an answer, `status line` and `header lines` within those. */
export type Stage = 'connecting' | 'headers' | 'status line' | 'header lines' | 'body';

/** Codes of the system and of the HTTP client that are the same failure at every stage. */
const KINDS: Readonly<Record<string, AttemptErrorKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EINVAL: 'unreachable',
  // Want of descriptors or memory here says nothing about the receiver: no retry of its is used up.
  EMFILE: 'aborted',
  ENFILE: 'aborted',
  ENOBUFS: 'aborted',
  ENOMEM: 'aborted',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_HEADERS_OVERFLOW: 'bad-http',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'bad-http',
  UND_ERR_INVALID_ARG: 'bad-http',
  UND_ERR_NOT_SUPPORTED: 'bad-http',
};

const MESSAGES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'no route to the host',
  EHOSTDOWN: 'host is down',
  ENETUNREACH: 'network is unreachable',
  ENETDOWN: 'network is down',
  EMFILE: 'too many open files here',
  ENFILE: 'too many open files here',
  ENOBUFS: 'no memory for sockets here',
  ENOMEM: 'no memory here',
  UND_ERR_HEADERS_OVERFLOW: `headers of more than ${MAX_HEADERS / 1024} KiB`,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body is not as long as Content-Length says',
};

/** For informational answers that are not skipped. */
export const INFORMATIONAL = 'informational answers that are too many or too large';

const CUT_OFF: Readonly<Record<Stage, string>> = {
  connecting: 'connection closed before it was ready',
  headers: 'connection closed before an answer',
  'status line': 'connection closed within the first line of the answer',
  'header lines': 'connection closed within the headers',
  body: 'connection closed within the body',
};

/**
 * Names what went wrong with an exchange, from whatever was thrown at that stage.
 * @param secure over TLS
 * @param seen what we see ourselves in an answer of which the HTTP client makes nothing; null: nothing
 */
export function failure(
  error: unknown,
  stage: Stage,
  secure: boolean,
  seen: string | null = null,
): AttemptError {
  if (error instanceof AddressNotAllowed) return { kind: 'address-not-allowed', message: error.message };
  if (error instanceof NameNotResolved) return { kind: 'dns', message: error.message };
  if (error instanceof AnswerTooLong) return { kind: 'bad-http', message: error.message };
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'ETIMEDOUT') {
    return stage === 'connecting'
      ? { kind: 'connect-timeout', message: withAddress('no answer to the connection attempt', error) }
      : { kind: 'reset', message: `${CUT_OFF[stage]} (${code})` };
  }
  if (code === 'UND_ERR_SOCKET') {
    // The client's word for an answer out of turn, and for an upgrade that nobody asked for.
    if (text === 'bad response') return { kind: 'bad-http', message: INFORMATIONAL };
    if (text === 'bad upgrade')
      return { kind: 'bad-http', message: 'switched protocols without being asked' };
    return { kind: 'reset', message: CUT_OFF[stage] };
  }
  // Once it has met Content-Length, the HTTP client gives the length as its reason for every fault of the headers.
  if (isWrongLength(error) && stage !== 'body')
    return { kind: 'bad-http', message: seen ?? 'the headers cannot be read' };
  const kind = KINDS[code];
  if (kind === 'reset') return { kind, message: `${CUT_OFF[stage]} (${code})` };
  if (kind) return { kind, message: withAddress(MESSAGES[code] ?? text, error) };
  if (error instanceof errors.HTTPParserError)
    return { kind: 'bad-http', message: seen ?? parserMessage(text) };
  if (secure) {
    const words = tlsWords(code, text);
    if (words !== null) return { kind: 'tls', message: words };
  }
  const message = code ? `${firstLine(text)} (${code})` : firstLine(text);
  // Whatever else stops a secure connection from being made is said by TLS: certificates, versions, alerts.
  if (secure && (stage === 'connecting' || /^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)))
    return { kind: 'tls', message };
  return { kind: stage === 'connecting' ? 'unreachable' : 'bad-http', message };
}

/** What a receiver does that closes or resets a connection; a time-out of the system's is none of it. */
const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE']);

/** Whether the receiver closed or reset the connection, and it is no other fault of what it sent. */
export function isClosing(error: unknown): boolean {
  const code = codeOf(error);
  return CLOSED.has(code) || (code === 'UND_ERR_SOCKET' && !/^bad /.test((error as Error).message));
}

/** The HTTP client's word for a body of another length than Content-Length says, and for much else. */
export function isWrongLength(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Several addresses that fail come as one error with many inside; the first stands for all. */
function withAddress(message: string, error: unknown): string {
  const one: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(one instanceof Error && 'address' in one && 'port' in one)) return message;
  return `${message} (${String(one.address)}, port ${String(one.port)})`;
}

function parserMessage(text: string): string {
  const reason = /\((.*)\)$/.exec(text)?.[1];
  return reason ? `not HTTP (${reason})` : 'not HTTP';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
