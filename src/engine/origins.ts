import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { Clock } from '../clock.js';
import { AnswerHead, MAX_HEADERS, rememberHead } from './answer-head.js';
import { connect } from './connect.js';
import type { Egress } from './egress.js';
import { Fifo } from './fifo.js';
import { Whereabouts } from './whereabouts.js';

/** Who waits for a connection; `done` while waiting means that it no longer needs one. */
export interface Waiter {
  readonly done: boolean;
  begin(connection: Connection): void;
}

export interface OriginsOptions {
  egress: Egress;
  connectionsPerOrigin: number;
  clock: Clock;
}

/**
 * ms an unused connection is kept, less where the receiver says so, minus a second. Short, because a request
 * sent while the receiver closes is lost without anybody knowing whether it was acted upon.
 */
const KEEP_ALIVE_MS = 4_000;
const KEEP_ALIVE_MARGIN_MS = 1_000;
/**
 * ms after which a connection is not used again: what a balancer, or a route, sends elsewhere by now is not seen in
 * the name's addresses.
 */
const MAX_AGE_MS = 300_000;
/** Origins kept for nothing but their unused connections; beyond it the one unused longest is closed. */
export const MAX_IDLE_ORIGINS = 256;

/** One HTTP client, and so at most one socket, with one exchange at a time. */
export class Connection {
  readonly client: Client;
  readonly #origin: Origin;
  #socket: Socket | null = null;
  /** The socket that has carried a request already. */
  #usedSocket: Socket | null = null;
  #bytesBefore = 0;
  #destroyed = false;
  #head = new AnswerHead();
  /** The other side's, null where none is connected. */
  #address: string | null = null;
  #connectedAt = 0;

  constructor(origin: Origin) {
    this.#origin = origin;
    this.client = new Client(origin.url, {
      pipelining: 1,
      // All limits are the sweeper's.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      maxHeaderSize: MAX_HEADERS,
      connect: ({ protocol, hostname, port }, callback) => {
        const { session } = origin;
        const socket = connect(origin.egress, { protocol, hostname, port, session }, (...result) => {
          const address = result[1]?.remoteAddress;
          this.#address = address === undefined ? null : origin.reached(address);
          this.#connectedAt = origin.clock.monotonic();
          callback(...result);
        });
        this.#socket = socket;
        if (socket === null) return;
        this.#head = rememberHead(socket);
        origin.sockets.add(socket);
        socket.on('session', (fresh: Buffer) => {
          origin.session = fresh;
        });
        socket.once('close', () => {
          origin.sockets.delete(socket);
          if (this.#socket === socket) origin.lost(this);
        });
      },
    });
  }

  /** A request is about to be written. @returns whether one went over the same socket before */
  used(): boolean {
    const reused = this.#socket !== null && this.#socket === this.#usedSocket;
    this.#usedSocket = this.#socket;
    this.#bytesBefore = this.#socket?.bytesRead ?? 0;
    this.#head.begin();
    return reused;
  }

  /** Whether nothing has come over the socket since a request was written, not even part of an informational answer. */
  get silent(): boolean {
    return this.#socket === null || this.#socket.bytesRead === this.#bytesBefore;
  }

  /** Of the answer that is awaited, or is beginning. */
  get head(): AnswerHead {
    return this.#head;
  }

  get address(): string | null {
    return this.#address;
  }

  /** Whether it may not be used again for its age. */
  isOld(now: number): boolean {
    return this.#address !== null && now - this.#connectedAt >= MAX_AGE_MS;
  }

  /** Gives this one up for a connection of its own, which is not connected yet, in the same place. */
  replace(): Connection {
    this.destroy();
    return new Connection(this.#origin);
  }

  /** True: the exchange ended well, and the next may use this connection. */
  release(reusable: boolean): void {
    if (!reusable) this.destroy();
    this.#origin.released(this);
  }

  get destroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.client.destroy(null, () => {});
    // The client knows its socket only once it is connected.
    this.#socket?.destroy();
  }
}

/** The connections to one scheme, host and port, the unused ones last in first out so that the rest may close. */
class Origin {
  readonly url: string;
  readonly egress: Egress;
  readonly clock: Clock;
  readonly sockets: Set<Socket>;
  /** Of the last TLS connection. */
  session: Buffer | undefined;
  readonly #origins: Origins;
  readonly #limit: number;
  readonly #whereabouts: Whereabouts;
  readonly #free: Connection[] = [];
  readonly #waiting = new Fifo<Waiter>();
  #busy = 0;

  constructor(origins: Origins, url: string, options: OriginsOptions) {
    this.#origins = origins;
    this.url = url;
    this.egress = options.egress;
    this.clock = options.clock;
    this.#whereabouts = new Whereabouts(options.egress, new URL(url).hostname, () => this.#moved());
    this.sockets = origins.sockets;
    this.#limit = options.connectionsPerOrigin;
  }

  run(waiter: Waiter): void {
    if (this.#busy >= this.#limit) {
      this.#waiting.push(waiter);
      return;
    }
    if (this.#busy === 0) this.#origins.used(this);
    this.#busy++;
    waiter.begin(this.#take());
  }

  released(connection: Connection): void {
    if (this.#origins.closed || !this.#whereabouts.includes(connection.address)) connection.destroy();
    if (!connection.destroyed) this.#free.push(connection);
    let next = this.#waiting.shift();
    while (next?.done) next = this.#waiting.shift();
    if (next) {
      const waiter = next;
      // Not at once: we may be deep inside the client, which is to be done with the last exchange first.
      queueMicrotask(() => waiter.begin(this.#take()));
      return;
    }
    this.#busy--;
    if (this.#busy === 0) this.#settle();
  }

  /** The socket of a connection closed. One in use connects again by itself, or its exchange ends in an error. */
  lost(connection: Connection): void {
    const place = this.#free.indexOf(connection);
    if (place < 0) return;
    this.#free.splice(place, 1);
    connection.destroy();
    if (this.#busy === 0) this.#settle();
  }

  /** A connection came about. @returns the address in the spelling by which it is compared */
  reached(address: string): string {
    return this.#whereabouts.reached(address);
  }

  closeFree(): void {
    for (const connection of this.#free.splice(0)) connection.destroy();
  }

  #take(): Connection {
    if (this.#free.length > 0) {
      const now = this.clock.monotonic();
      this.#whereabouts.look(now);
      for (let free = this.#free.pop(); free; free = this.#free.pop()) {
        if (!free.isOld(now)) return free;
        free.destroy();
      }
    }
    return new Connection(this);
  }

  /** The name leads elsewhere: what is unused closes now, what is in use after its exchange. */
  #moved(): void {
    const unused = this.#free.splice(0);
    for (const connection of unused) {
      if (this.#whereabouts.includes(connection.address)) this.#free.push(connection);
      else connection.destroy();
    }
    if (this.#busy === 0 && this.#free.length === 0) this.#settle();
  }

  #settle(): void {
    if (this.#free.length > 0) this.#origins.unused(this);
    else this.#origins.forget(this);
  }
}

/** Connections to receivers by origin; what is unused closes by itself, and is bounded until then. */
export class Origins {
  readonly sockets = new Set<Socket>();
  readonly #options: OriginsOptions;
  readonly #byUrl = new Map<string, Origin>();
  /** Those without an exchange, unused longest first. */
  readonly #idle = new Set<Origin>();
  #closed = false;

  constructor(options: OriginsOptions) {
    this.#options = options;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** How many origins are remembered. */
  get size(): number {
    return this.#byUrl.size;
  }

  /** Calls `waiter.begin` with a connection to the origin, now or when one is free. */
  run(url: string, waiter: Waiter): void {
    let origin = this.#byUrl.get(url);
    if (!origin) {
      origin = new Origin(this, url, this.#options);
      this.#byUrl.set(url, origin);
    }
    origin.run(waiter);
  }

  /** Closes what is unused; resolves when no socket is left, so exchanges must have ended before. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const origin of [...this.#byUrl.values()]) origin.closeFree();
    this.#byUrl.clear();
    this.#idle.clear();
    await Promise.all([...this.sockets].map(closed));
  }

  used(origin: Origin): void {
    this.#idle.delete(origin);
  }

  unused(origin: Origin): void {
    this.#idle.add(origin);
    if (this.#idle.size <= MAX_IDLE_ORIGINS) return;
    const [oldest] = this.#idle;
    if (oldest) {
      oldest.closeFree();
      this.forget(oldest);
    }
  }

  forget(origin: Origin): void {
    this.#idle.delete(origin);
    if (this.#byUrl.get(origin.url) === origin) this.#byUrl.delete(origin.url);
  }
}

/** `socket.closed` is true before the handle is closed; the event is not early. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
