import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import type { ConnectionCuts, CutReason } from './connection-cuts.js';
import { inRanges, networkOf } from './network.js';

/** All in ms but the counts. */
export interface ConnectionLimits {
  /** How often connections are looked at; the times below are kept to within this. */
  checkMs: number;
  /** Requests of one connection that may be unanswered; with one more it is cut. */
  unanswered: number;
  /** An answer may go without progress for this long. */
  unreadMs: number;
  /** From the connection to the end of its TLS handshake. */
  handshakeMs: number;
  /** A connection that we have ended may go without progress for this long. */
  goodbyeMs: number;
  /** Open at once from one IPv4 address or IPv6 /64. */
  connectionsOfAddress: number;
  /** CIDRs from which the limit of one address does not count, since many clients come from there. */
  sharedAddresses: readonly string[];
}

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** What it counts under; null: not counted. */
  readonly network: string | null;
  /** What carries HTTP; null until the TLS handshake ends. */
  http: Socket | null;
  unanswered: number;
  readonly answered: () => void;
  /** What to call at its end for answers without an end; for these the limit for unread ones does not count. */
  readonly endless: (() => void)[];
  cut: boolean;
  /** Bytes that the system had taken when it was looked at last. */
  taken: number;
  /** Looks since it made progress. */
  stillFor: number;
}

/** What has gone to the system and what waits for it; Node shows this nowhere else. */
interface Handle {
  bytesWritten: number;
  writeQueueSize: number;
}

/**
 * What each connection owes and is owed, with its bounds. Node alone parses a whole read of pipelined requests
 * before any is answered, waits forever for answers to be read, and never gives up a TLS handshake whose error
 * somebody listens to.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #cuts: ConnectionCuts;
  readonly #isShared: (address: string) => boolean;
  readonly #open = new Map<Socket, Connection>();
  readonly #ofNetwork = new Map<string, number>();

  /** @param proxies CIDRs, which are shared addresses too */
  constructor(limits: ConnectionLimits, proxies: readonly string[], cuts: ConnectionCuts) {
    this.#limits = limits;
    this.#cuts = cuts;
    this.#isShared = inRanges([...limits.sharedAddresses, ...proxies]);
  }

  /** Follows the connections of `server`, which has none yet. */
  follow(server: Server | https.Server): void {
    const isTls = server instanceof https.Server;
    // Before Node makes a parser or a TLS engine for it.
    const accept = server.listeners('connection') as ((socket: Socket) => void)[];
    server.removeAllListeners('connection');
    server.on('connection', (socket: Socket) => {
      if (!this.#welcome(socket, isTls)) socket.destroy();
      else for (const listener of accept) listener.call(server, socket);
    });
    server.prependListener('secureConnection', (socket: Socket) => {
      const connection = this.#of(socket);
      if (connection) connection.http = socket;
    });
    // Nobody is there to be told: an answer would wait for a handshake that never ends.
    server.prependListener('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
    server.on('drop', (dropped?: { remoteAddress?: string }) =>
      this.#cuts.add('all', dropped?.remoteAddress ?? ''),
    );
    const look = setInterval(() => this.#look(), this.#limits.checkMs);
    look.unref();
    server.once('close', () => clearInterval(look));
  }

  /** @returns false: the connection is cut, and nobody may look at this request */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    const connection = this.#of(request.socket);
    if (!connection || connection.cut) return false;
    connection.unanswered++;
    if (connection.unanswered > this.#limits.unanswered) {
      this.#cut(connection, 'pipelining');
      return false;
    }
    response.on('close', connection.answered);
    return true;
  }

  /**
   * For an answer without an end, which has a rule of its own for clients that do not read.
   * @param left called when the connection has closed, also where this answer still waits behind others
   * @returns false: it has closed already
   */
  keepsAnswering(socket: Socket, left: () => void): boolean {
    const connection = this.#of(socket);
    connection?.endless.push(left);
    return connection !== undefined;
  }

  /** Those in a TLS handshake too, of which the HTTP server knows nothing. */
  destroyAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }

  #welcome(socket: Socket, isTls: boolean): boolean {
    const address = socket.remoteAddress;
    // It has left already.
    if (address === undefined) return false;
    const network = this.#isShared(address) ? null : networkOf(address);
    if (network !== null) {
      const others = this.#ofNetwork.get(network) ?? 0;
      if (others >= this.#limits.connectionsOfAddress) {
        this.#cuts.add('address', address);
        return false;
      }
      this.#ofNetwork.set(network, others + 1);
    }
    const connection: Connection = {
      socket,
      address,
      network,
      http: isTls ? null : socket,
      unanswered: 0,
      answered: () => {
        connection.unanswered--;
      },
      endless: [],
      cut: false,
      taken: 0,
      stillFor: 0,
    };
    this.#open.set(socket, connection);
    socket.once('close', () => this.#left(connection));
    return true;
  }

  #left({ socket, network, endless }: Connection): void {
    this.#open.delete(socket);
    for (const left of endless) left();
    if (network === null) return;
    const others = (this.#ofNetwork.get(network) ?? 1) - 1;
    if (others === 0) this.#ofNetwork.delete(network);
    else this.#ofNetwork.set(network, others);
  }

  /**
   * @param socket as HTTP has it: TLS lies over the one that was accepted
   * @returns undefined once it is closed
   */
  #of(socket: Socket): Connection | undefined {
    const { _parent: below } = socket as { _parent?: Socket | null };
    return this.#open.get(socket) ?? (below ? this.#open.get(below) : undefined);
  }

  #look(): void {
    const { checkMs, unreadMs, handshakeMs, goodbyeMs } = this.#limits;
    for (const connection of this.#open.values()) {
      const { socket, http } = connection;
      const { _handle: handle } = socket as unknown as { _handle: Handle | null };
      if (!handle) continue;
      const leaving = http?.writableEnded ?? false;
      const still = http === null || leaving || handle.writeQueueSize > 0;
      const taken = handle.bytesWritten - handle.writeQueueSize;
      // The limit of a handshake is for all of it, also where a byte comes now and then.
      const moved = http !== null && taken !== connection.taken;
      connection.taken = taken;
      connection.stillFor = still && !moved ? connection.stillFor + 1 : 0;
      const stillMs = connection.stillFor * checkMs;
      if (http === null) {
        if (stillMs >= handshakeMs) this.#cut(connection, 'handshake');
      } else if (leaving) {
        if (stillMs >= goodbyeMs) this.#cut(connection, 'goodbye');
      } else if (stillMs >= unreadMs && connection.endless.length === 0) {
        this.#cut(connection, 'unread');
      }
    }
    this.#cuts.flush();
  }

  #cut(connection: Connection, reason: CutReason): void {
    connection.cut = true;
    // Else Node goes on making objects for each request of what it has read already.
    const { parser } = (connection.http ?? {}) as { parser?: { onIncoming: unknown } | null };
    if (parser) parser.onIncoming = () => SKIP_ALL;
    this.#cuts.add(reason, connection.address);
    connection.socket.destroy();
  }
}

/** What Node's parser takes for: no HTTP follows. */
const SKIP_ALL = 2;
