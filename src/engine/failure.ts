import { errors } from 'undici';
import type { AttemptError, AttemptErrorKind } from '../domain/delivery.js';
import { AnswerTooLong } from './answer-bound.js';
import { AddressNotAllowed } from './egress.js';
import { NameNotResolved } from './lookup.js';

/** How far an exchange had come. */
export type Stage = 'connecting' | 'headers' | 'body';

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
  UND_ERR_HEADERS_OVERFLOW: 'headers of the answer are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body is not as long as Content-Length says',
};

const CUT_OFF: Readonly<Record<Stage, string>> = {
  connecting: 'connection closed before it was ready',
  headers: 'connection closed before an answer',
  body: 'connection closed within the body',
};

/** Names what went wrong with an exchange, from whatever was thrown at that stage; `secure`: over TLS. */
export function failure(error: unknown, stage: Stage, secure: boolean): AttemptError {
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
    if (text === 'bad response') return { kind: 'bad-http', message: 'an informational answer too many' };
    if (text === 'bad upgrade')
      return { kind: 'bad-http', message: 'switched protocols without being asked' };
    return { kind: 'reset', message: CUT_OFF[stage] };
  }
  const kind = KINDS[code];
  if (kind === 'reset') return { kind, message: `${CUT_OFF[stage]} (${code})` };
  if (kind) return { kind, message: withAddress(MESSAGES[code] ?? text, error) };
  if (error instanceof errors.HTTPParserError) return { kind: 'bad-http', message: parserMessage(text) };
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
