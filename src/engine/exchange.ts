import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';
import type { AttemptError } from '../domain/delivery.js';
import { type Answer, headerLines, isSuccess, KEPT_BODY, KEPT_SUCCESS_BODY } from './answer.js';
import { type AnswerBody, openBody } from './answer-body.js';
import { failure, INFORMATIONAL, isClosing, isWrongLength, type Stage } from './failure.js';
import type { Connection, Waiter } from './origins.js';
import type { Sweeper, Swept } from './sweeper.js';

/** One request as plain data, so that the sender can live in another thread. Always a POST. */
export interface Exchange {
  url: string;
  headers: [string, string][];
  body: Uint8Array;
  /** Connecting, waiting for the headers, and each wait within the body; the whole at most three times this. */
  timeoutMs: number;
}

/** A URL, taken apart. */
export interface Destination {
  /** e.g. `https://example.org:8443` */
  origin: string;
  /** With the query. */
  path: string;
  /** Over TLS. */
  secure: boolean;
}

/** The whole of an exchange, in timeouts. */
const WHOLE = 3;

/**
 * One exchange under way. It settles exactly once, by the answer's end, an error, a limit or an abort, and
 * gives its connection back then; what the HTTP client says afterwards is not listened to. Once the status of
 * an answer is known it stays: a 2xx is a success however the exchange ends.
 */
export class RunningExchange implements Dispatcher.DispatchHandler, Swept, Waiter {
  /** By the sweeper's time; never, as long as it waits for a connection. */
  due = Number.POSITIVE_INFINITY;
  slot = -1;
  readonly #exchange: Exchange;
  readonly #destination: Destination;
  readonly #sweeper: Sweeper<RunningExchange>;
  readonly #resolve: (answer: Answer) => void;
  #wholeDue = Number.POSITIVE_INFINITY;
  #stage: Stage = 'connecting';
  #connection: Connection | null = null;
  /** The connection has carried a request before this one. */
  #reused = false;
  #resent = false;
  /** The outcome is known. */
  #settled = false;
  /** And told. */
  #finished = false;
  #error: AttemptError | null = null;
  #note: string | null = null;
  #status: number | null = null;
  #headers: string | null = null;
  #retryAfter: string | null = null;
  #body: AnswerBody | null = null;

  constructor(
    exchange: Exchange,
    destination: Destination,
    sweeper: Sweeper<RunningExchange>,
    resolve: (answer: Answer) => void,
  ) {
    this.#exchange = exchange;
    this.#destination = destination;
    this.#sweeper = sweeper;
    this.#resolve = resolve;
    sweeper.add(this);
  }

  get done(): boolean {
    return this.#settled;
  }

  begin(connection: Connection): void {
    if (this.#settled) {
      connection.release(true);
      return;
    }
    this.#wholeDue = this.#sweeper.dueIn(WHOLE * this.#exchange.timeoutMs);
    this.#dispatch(connection);
  }

  #dispatch(connection: Connection): void {
    this.#connection = connection;
    this.#enter('connecting');
    const { headers, body } = this.#exchange;
    const flat: string[] = [];
    for (const [name, value] of headers) flat.push(name, value);
    connection.client.dispatch({ method: 'POST', path: this.#destination.path, headers: flat, body }, this);
  }

  onRequestStart(): void {
    if (this.#settled) return;
    this.#reused = this.#connection?.used() ?? false;
    this.#enter('headers');
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (this.#settled) return;
    if (status < 200) {
      // Those that are to be skipped never come this far.
      const message = status === 101 ? 'switched protocols without being asked' : INFORMATIONAL;
      this.#fail({ kind: 'bad-http', message: status < 100 ? `status ${status}` : message });
      return;
    }
    this.#connection?.head.forget();
    this.#status = status;
    this.#headers = headerLines(rawHeaders(controller));
    this.#retryAfter = first(headers['retry-after']);
    const encoding = first(headers['content-encoding']) ?? undefined;
    this.#body = openBody(encoding, keptOf(status), () => this.#end(false));
    this.#enter('body');
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    this.#enter('body');
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    if (!this.#settled) this.#end(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settled) return;
    const connection = this.#connection;
    if (connection && isClosing(error) && this.#mayResend(connection)) {
      this.#resent = true;
      // Not at once: the client is to be done with the lost connection first.
      queueMicrotask(() => {
        if (!this.#settled) this.#dispatch(connection.replace());
      });
    } else if (this.#status === 304 && isWrongLength(error)) {
      // Its Content-Length is that of a body which it does not send (RFC 9110, 15.4.5).
      this.#end(false);
    } else {
      const seen = this.#lookAtHead();
      this.#fail(failure(error, this.#stage, this.#destination.secure, seen));
    }
  }

  /**
   * An answer that the HTTP client did not get through has a status all the same, once the line with it is whole.
   * @returns what is wrong with the answer, as far as its bytes show it
   */
  #lookAtHead(): string | null {
    const head = this.#connection?.head;
    if (this.#stage !== 'headers' || !head || head.empty) return null;
    const seen = head.read();
    if (seen === null) {
      this.#stage = 'status line';
      const other = head.otherProtocol;
      return other && `not HTTP/1.1: ${other} is spoken on that port`;
    }
    this.#stage = 'header lines';
    this.#status = seen.status;
    this.#headers = headerLines(seen.headers);
    this.#retryAfter = firstNamed('retry-after', seen.headers);
    const encoding = firstNamed('content-encoding', seen.headers) ?? undefined;
    this.#body = openBody(encoding, keptOf(seen.status), () => {});
    this.#body.push(seen.body);
    return seen.fault;
  }

  /**
   * Many receivers close kept connections without a word, and mean no request by it: one that is lost so goes out
   * again, once and over a new connection. Not if anything of an answer has come.
   */
  #mayResend(connection: Connection): boolean {
    return !this.#resent && this.#reused && this.#stage === 'headers' && connection.silent;
  }

  overdue(): void {
    const { timeoutMs } = this.#exchange;
    if (this.#settled) {
      this.#finish();
      return;
    }
    this.#lookAtHead();
    if (this.due === this.#wholeDue) {
      const message = `the whole took longer than ${WHOLE * timeoutMs} ms`;
      this.#fail({ kind: 'exchange-timeout', message });
    } else if (this.#stage === 'connecting') {
      this.#fail({ kind: 'connect-timeout', message: `no connection within ${timeoutMs} ms` });
    } else if (this.#stage === 'headers') {
      this.#fail({ kind: 'headers-timeout', message: `no answer within ${timeoutMs} ms` });
    } else if (this.#stage === 'status line') {
      const message = `the first line of the answer was not whole within ${timeoutMs} ms`;
      this.#fail({ kind: 'headers-timeout', message });
    } else if (this.#stage === 'header lines') {
      this.#fail({ kind: 'headers-timeout', message: `the headers were not whole within ${timeoutMs} ms` });
    } else {
      this.#fail({ kind: 'body-timeout', message: `nothing more of the body within ${timeoutMs} ms` });
    }
  }

  /** Ends it now: an answer whose status has come counts, anything less is `aborted`. */
  abort(): void {
    if (this.#settled) {
      this.#finish();
      return;
    }
    this.#lookAtHead();
    if (this.#status !== null) this.#end(false);
    else this.#fail({ kind: 'aborted', message: 'cut off here' });
  }

  #enter(stage: Stage): void {
    this.#stage = stage;
    this.due = Math.min(this.#sweeper.dueIn(this.#exchange.timeoutMs), this.#wholeDue);
  }

  /** The answer is as complete as we want it. */
  #end(reusable: boolean): void {
    const status = this.#status;
    if (status === null) throw new Error('an answer ends before its status');
    this.#settle(reusable, isSuccess(status) ? null : { kind: 'status', message: `HTTP ${status}` });
  }

  #fail(error: AttemptError): void {
    const status = this.#status;
    if (status === null) this.#settle(false, error);
    else if (isSuccess(status)) {
      this.#note = error.message;
      this.#settle(false, null);
    } else this.#settle(false, { kind: error.kind, message: `HTTP ${status}, then: ${error.message}` });
  }

  /** Nothing more is read; what was read of an encoded body may still have to be decoded. */
  #settle(reusable: boolean, error: AttemptError | null): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#error = error;
    const connection = this.#connection;
    this.#connection = null;
    connection?.release(reusable);
    const decoding = this.#body?.end();
    if (decoding) decoding.then(() => this.#finish());
    else this.#finish();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#sweeper.delete(this);
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      retryAfter: this.#retryAfter,
      body: this.#body?.text() ?? null,
      error: this.#error,
      note: this.#note,
      resent: this.#resent,
    });
  }
}

function keptOf(status: number): number {
  return isSuccess(status) ? KEPT_SUCCESS_BODY : KEPT_BODY;
}

function rawHeaders(controller: Dispatcher.DispatchController): (Buffer | string)[] {
  const raw = controller.rawHeaders;
  return Array.isArray(raw) ? raw : [];
}

/** The first value of that name, in lower case, in a list of name, value, name, value, … */
function firstNamed(name: string, headers: readonly string[]): string | null {
  const at = headers.findIndex((one, n) => n % 2 === 0 && one.toLowerCase() === name);
  return at < 0 ? null : (headers[at + 1] ?? null);
}

function first(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
