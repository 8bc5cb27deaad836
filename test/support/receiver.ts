/** Receivers on loopback: one that behaves and can be told what to answer, one that is nothing but a socket. */
import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '../../src/clock.js';

export interface ReceivedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** Names in lower case. */
  headers: http.IncomingHttpHeaders;
  /** Name, value, name, value, … as sent. */
  rawHeaders: string[];
  /** The bytes as sent. */
  body: Buffer;
  /** ms, wall clock, when it was complete */
  at: number;
}

export interface Reply {
  status: number;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Uint8Array;
}

/** A status, a whole reply, or what to answer to each request; a promise holds the answer back. */
export type AnswerWith =
  | number
  | Reply
  | ((request: ReceivedRequest) => number | Reply | Promise<number | Reply>);

export interface ReceiverOptions {
  /** Default `127.0.0.1`. */
  host?: string;
  /** Default: a free one. */
  port?: number;
  /** Answers before `answerWith` is called; default 200. */
  answer?: AnswerWith;
  /** PEM; speaks TLS then. */
  tls?: { key: string; cert: string };
}

export interface Receiver {
  /** Without a trailing slash, e.g. `http://127.0.0.1:40001`. */
  readonly url: string;
  /** All that have arrived, oldest first. */
  readonly requests: ReceivedRequest[];
  /** Resolves with the requests when `n` of them have arrived since the start; at once when they have. */
  next(n: number): Promise<ReceivedRequest[]>;
  answerWith(answer: AnswerWith): void;
  /** Connections taken since the start. */
  accepted(): number;
  /** Connections that are open now. */
  connections(): number;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
  /** Cuts every connection; twice is fine. */
  close(): Promise<void>;
}

export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const requests: ReceivedRequest[] = [];
  const arrivals = new EventEmitter().setMaxListeners(0);
  let answer: AnswerWith = options.answer ?? 200;

  async function handle(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const request: ReceivedRequest = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers: incoming.headers,
      rawHeaders: incoming.rawHeaders,
      body: await buffer(incoming),
      at: systemClock.now(),
    };
    requests.push(request);
    arrivals.emit('request');
    const given = typeof answer === 'function' ? await answer(request) : answer;
    const reply = typeof given === 'number' ? { status: given } : given;
    response.writeHead(reply.status, reply.headers);
    response.end(reply.body);
  }

  const listener: http.RequestListener = (incoming, response) => {
    // A sender that goes away mid-request is its own test's business, not an error of the receiver.
    handle(incoming, response).catch(() => response.destroy());
  };
  const server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
  const sockets = trackSockets(server);
  let accepted = 0;
  server.on('connection', () => accepted++);
  const address = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);

  return {
    url: `${options.tls ? 'https' : 'http'}://${origin(address)}`,
    requests,
    async next(n) {
      while (requests.length < n) await once(arrivals, 'request');
      return requests.slice(0, n);
    },
    answerWith(next) {
      answer = next;
    },
    accepted: () => accepted,
    connections: sockets.count,
    idle: sockets.idle,
    close: () => stop(server, sockets),
  };
}

export interface RawReceiver {
  readonly url: string;
  /** Connections taken since the start. */
  accepted(): number;
  connections(): number;
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A receiver that is nothing but a socket: `onSocket` may do with each connection what it likes. Errors of
 * the sockets are swallowed, since breaking them is what they are for.
 */
export async function startRawReceiver(
  onSocket: (socket: net.Socket, index: number) => void,
  options: { host?: string; port?: number } = {},
): Promise<RawReceiver> {
  let accepted = 0;
  const server = net.createServer((socket) => {
    onSocket(socket, accepted++);
  });
  const sockets = trackSockets(server);
  const address = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);
  return {
    url: `http://${origin(address)}`,
    accepted: () => accepted,
    connections: sockets.count,
    idle: sockets.idle,
    close: () => stop(server, sockets),
  };
}

/** A URL of loopback at which nothing listens. */
export async function refusingUrl(): Promise<string> {
  const server = net.createServer();
  const address = await listen(server, '127.0.0.1', 0);
  server.close();
  await once(server, 'close');
  return `http://${origin(address)}`;
}

interface Sockets {
  count(): number;
  idle(): Promise<void>;
  destroyAll(): void;
}

function trackSockets(server: net.Server): Sockets {
  const open = new Set<net.Socket>();
  const changes = new EventEmitter().setMaxListeners(0);
  server.on('connection', (socket: net.Socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      if (open.size === 0) changes.emit('idle');
    });
  });
  return {
    count: () => open.size,
    async idle() {
      while (open.size > 0) await once(changes, 'idle');
    },
    destroyAll() {
      for (const socket of open) socket.destroy();
    },
  };
}

async function listen(server: net.Server, host: string, port: number): Promise<AddressInfo> {
  server.listen({ host, port, backlog: 1024 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  return address;
}

function origin({ address, family, port }: AddressInfo): string {
  return family === 'IPv6' ? `[${address}]:${port}` : `${address}:${port}`;
}

async function stop(server: net.Server, sockets: Sockets): Promise<void> {
  const closed = server.listening ? once(server, 'close') : undefined;
  server.close();
  sockets.destroyAll();
  await closed;
  // The server is closed when its sockets are given up; they are a little later.
  await sockets.idle();
}

/** The delivery's uid, which ends its `webhook-id`. */
export function deliveryUidOf(headers: NodeJS.Dict<string | string[]>): number {
  return Number(String(headers['webhook-id']).split('_').at(-1));
}
