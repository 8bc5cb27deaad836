import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { getHeapStatistics } from 'node:v8';
import { SettingError } from '../settings.js';
import { refuseConnect } from './connection-errors.js';
import type { ConnectionLimits, Connections } from './connections.js';

/** Real time, since sockets live in it: all in ms but counts and sizes. */
export interface HttpLimits extends ConnectionLimits {
  /** From the first byte of a request to the end of its headers. */
  headersMs: number;
  /** From the first byte of a request to the end of its body: 8 MiB need 140 KB/s. */
  requestMs: number;
  /** An idle connection is kept this long; pollers come every second. */
  keepAliveMs: number;
  /**
   * What is under way when a stop begins may take this long; then its connection is cut. The engine's 8 s for
   * deliveries follow, and together they have to stay under 10 s.
   */
  stopMs: number;
  headerBytes: number;
  /**
   * Open at once; more are closed as they come. Whoever opens and keeps as many as he can takes memory, and the
   * descriptors that deliveries need.
   */
  connections: number;
  /** Clients of the stream at once; one more is refused. */
  streams: number;
  /** Of these, clients with the credentials of one user or key. */
  streamsOfCredential: number;
  /** Bytes that all bodies which have begun and not ended may take together. */
  unfinishedBytes: number;
}

const MIB = 1024 * 1024;

export const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  keepAliveMs: 30_000,
  checkMs: 1_000,
  stopMs: 1_500,
  headerBytes: 16_384,
  connections: 10_000,
  streams: 100,
  streamsOfCredential: 20,
  unfinishedBytes: Math.min(64 * MIB, Math.floor(getHeapStatistics().heap_size_limit / 8)),
  // A client that pipelines sends a few; a read of 64 KiB holds thousands.
  unanswered: 16,
  unreadMs: 60_000,
  handshakeMs: 10_000,
  goodbyeMs: 5_000,
  // Of 500 panels behind one address each may have two.
  connectionsOfAddress: 1_000,
  // A proxy or tunnel on this machine stands for everybody.
  sharedAddresses: ['127.0.0.0/8', '::1/128'],
};

export interface TlsFiles {
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
}

/** The server under fastify: HTTPS when there is a certificate. */
export function createHttpServer(
  handler: http.RequestListener,
  tls: TlsFiles,
  limits: HttpLimits,
  connections: Connections,
): http.Server | https.Server {
  const options: http.ServerOptions = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: limits.checkMs,
    maxHeaderSize: limits.headerBytes,
    // A request without Host is refused by us: node would answer it without our error body.
    requireHostHeader: false,
  };
  const admitted: http.RequestListener = (request, response) => {
    if (connections.admit(request, response)) handler(request, response);
  };
  const pem = readTls(tls);
  const server = pem
    ? https.createServer({ ...options, ...pem }, admitted)
    : http.createServer(options, admitted);
  connections.follow(server);
  server.maxConnections = limits.connections;
  server.on('connect', (_request, socket) => refuseConnect(socket));
  // Node answers an expectation it does not know with a bare 417; RFC 9110 lets us ignore it.
  server.on('checkExpectation', admitted);
  return server;
}

/** @throws SettingError when a file cannot be read */
function readTls(files: TlsFiles): { cert: Buffer; key: Buffer } | null {
  if (files.tlsCert === null || files.tlsKey === null) return null;
  return {
    cert: readPem('LATCHHOOK_TLS_CERT', files.tlsCert),
    key: readPem('LATCHHOOK_TLS_KEY', files.tlsKey),
  };
}

function readPem(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SettingError(`${setting}: ${file} cannot be read (${code ?? 'unknown error'})`, { cause });
  }
}

/**
 * New connections get the certificate that stands in the files now; those that are open keep theirs.
 * @throws when a file cannot be read or used; the former certificate stays then
 */
export function reloadTls(server: http.Server | https.Server, files: TlsFiles): void {
  const pem = readTls(files);
  if (pem && server instanceof https.Server) server.setSecureContext(pem);
}
